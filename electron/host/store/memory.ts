import * as z from 'zod'

/** What the host keeps for itself: the page never writes it as settings. */
export const memorySchema = z.object({
  /** Kubeconfig files that were added by hand, as absolute paths. */
  kubeconfigs: z.array(z.string().max(4096)).max(100),
  /** Programs that may run though a file names them that is not the person's own; by their marks, newest last. */
  programs: z.array(z.string().max(64)).max(1000),
  /** Namespaces that were typed by hand, newest first, by the address of their cluster. */
  namespaces: z.record(z.string().max(64), z.array(z.string().max(253)).max(200)),
})

export type Memory = z.infer<typeof memorySchema>

/** What a new profile remembers. */
export const noMemory: Memory = { kubeconfigs: [], programs: [], namespaces: {} }
