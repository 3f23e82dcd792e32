const kept = new Set(['P', 'STRONG', 'EM', 'CODE', 'PRE', 'UL', 'OL', 'LI', 'BR'])

/**
 * Documentation as HTML of a few elements without attributes: nothing in it runs, loads or leads anywhere. What is not
 * among them is left out, its text stays.
 */
export function safeHtml(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  const place = document.createElement('div')
  copyInto(place, body)
  return place.innerHTML
}

function copyInto(place: Element, from: Node): void {
  for (const node of from.childNodes) {
    if (node instanceof Text) place.append(node.data)
    if (!(node instanceof Element) || ['SCRIPT', 'STYLE', 'TEMPLATE'].includes(node.tagName)) continue
    const next = kept.has(node.tagName) ? place.appendChild(document.createElement(node.tagName)) : place
    copyInto(next, node)
  }
}
