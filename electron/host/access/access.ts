import { askedOf, type May, type Question, type Rules } from '../../../contract/access.ts'
import { isGranted } from '../../../core/access-rules.ts'
import type { Asked, Result } from '../../../core/problem.ts'
import { askAccess } from '../clusters/access.ts'
import type { Clusters } from '../clusters/clusters.ts'
import type { Cluster } from '../clusters/connection.ts'
import { reviewRules } from '../clusters/rules-review.ts'

/** What the person of each context may do, asked before it is tried. */
export type Access = {
  /** Answers questions, in their order. A namespace's rules are asked for once, then kept some minutes. */
  may(questions: readonly Question[]): Promise<readonly May[]>
  /** All that may be done in a namespace. `refresh`: asks anew. */
  rules(context: string, namespace: string, refresh: boolean): Promise<Result<Rules>>
}

const keptMinutes = 5

// An answer serves all who ask meanwhile, so that none of them may end its request.
const lasting = new AbortController().signal

type Kept = { readonly until: number; readonly rights: number; readonly answer: Promise<Result<unknown>> }

/** Rights as the servers tell them. What is kept is dropped as soon as a request is forbidden or the person is another. */
export function createAccess(clusters: Clusters): Access {
  const kept = new WeakMap<Cluster, Map<string, Kept>>()

  const once = <T>(cluster: Cluster, key: string, ask: () => Promise<Result<T>>, refresh = false) => {
    const answers = kept.get(cluster) ?? new Map<string, Kept>()
    kept.set(cluster, answers)
    const before = answers.get(key)
    if (before !== undefined && !refresh && before.until > Date.now() && before.rights === cluster.rights())
      // The key names the question, and with it the answer's type.
      return before.answer as Promise<Result<T>>
    const answer = ask()
    const one: Kept = { until: Date.now() + keptMinutes * 60_000, rights: cluster.rights(), answer }
    answers.set(key, one)
    answer.then(
      ({ ok }) => ok || answers.get(key) !== one || answers.delete(key),
      () => answers.delete(key),
    )
    return answer
  }
  const rulesOf = (cluster: Cluster, namespace: string, refresh = false) =>
    once(cluster, `rules ${namespace}`, () => reviewRules(cluster, namespace, lasting), refresh)
  const askPrecisely = async (cluster: Cluster, asked: Asked): Promise<May> => {
    const answer = await once(cluster, JSON.stringify(asked), () => askAccess(cluster, asked, lasting))
    if (!answer.ok) return { answer: 'unknown', reason: '' }
    return { answer: answer.value.allowed ? 'yes' : 'no', reason: answer.value.reason }
  }
  const mayOne = async (question: Question): Promise<May> => {
    const cluster = clusters.cluster(question.context)
    if (!cluster.ok) return { answer: 'unknown', reason: '' }
    // A namespace's rules say nothing of other namespaces, nor of what is in none.
    const asked = askedOf(question)
    if (asked.namespace === null) return askPrecisely(cluster.value, asked)
    const rules = await rulesOf(cluster.value, asked.namespace)
    if (rules.ok && isGranted(rules.value.rules, asked)) return { answer: 'yes', reason: '' }
    if (rules.ok && !rules.value.incomplete) return { answer: 'no', reason: '' }
    return askPrecisely(cluster.value, asked)
  }
  return {
    may: questions => Promise.all(questions.map(mayOne)),
    async rules(context, namespace, refresh) {
      const cluster = clusters.cluster(context)
      return cluster.ok ? rulesOf(cluster.value, namespace, refresh) : cluster
    },
  }
}
