/** What people call production: as a word of its own, a number may follow (`prod1`). */
const production = /^(prod|prods|production|prd|live)\d*$/

/** Words that say the contrary of the next one: `non-prod`, `pre-production`. */
const contrary = /^(non?|not|pre|like)$/

/** Whether one of these names (of a context, a cluster, a server) looks like production: `eks_prod-eu`, not `product-dev`. */
export function looksLikeProduction(names: readonly string[]): boolean {
  return names.some(name => {
    // A tag such as prodEU is two words, as prod-eu is.
    const words = name
      .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .split(/[^\p{L}\d]+/u)
    const named = words.some((word, at) => production.test(word) && !contrary.test(words[at - 1] ?? ''))
    return named || words.some(word => word.includes('生产') && !word.includes('非生产'))
  })
}
