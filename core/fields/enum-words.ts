/** A description without its list of values, and what that list says of each value. */
export type EnumWords = { readonly description: string; readonly values: ReadonlyMap<string, string> }

// As kube-openapi's generator writes it below a description (`enum.go`): " - `"Always"` means that kubelet …".
const heading = 'Possible enum values:\n'
const line = /^ - `"(.*?)"` ?(.*)$/

/** Takes the words for each value out of a description that Kubernetes generated. */
export function enumWords(description: string): EnumWords {
  const [before = '', list] = description.split(heading, 2)
  if (list === undefined) return { description, values: new Map() }
  const values = new Map<string, string>()
  for (const each of list.split('\n')) {
    const [, value, words = ''] = line.exec(each) ?? []
    if (value !== undefined) values.set(value, words)
  }
  return { description: before.trimEnd(), values }
}
