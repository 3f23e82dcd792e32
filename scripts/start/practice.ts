import { say } from '../bootstrap/say.mjs'
import type { Ending } from '../ending.ts'
import { startPractice } from '../practice/cluster.ts'
import { defaultDataFolder } from '../practice/folders.ts'
import { createProgressLines } from '../practice-lines.ts'

/** Starts the person's practice cluster, or joins it where it runs already. Answers its kubeconfig. */
export async function openPractice(ending: Ending): Promise<string> {
  const onProgress = createProgressLines()
  const practice = await startPractice({ folder: defaultDataFolder(), signal: ending.signal, onProgress })
  ending.add(() => practice.stop())
  void practice.ended.then(reason => {
    if (reason !== null) say(`${reason} Start again to have it back; the page keeps what was typed.`)
  })
  return practice.kubeconfigPath
}
