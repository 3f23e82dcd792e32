import { flushCompileCache } from 'node:module'
import { builtPage } from '../../electron/loopback/page.ts'
import { startLoopback } from '../../electron/loopback.ts'

// A host alone, behind its loopback server and without a page: started by the message that says where, ended by a kill.
process.once('message', async (where: { readonly profile: string; readonly kubeconfig: string }) => {
  const { profile, kubeconfig } = where
  const host = { version: '0', profile, kubeconfig: [kubeconfig], context: null, practice: true }
  const page = builtPage({ get: () => undefined, index: () => '' })
  const loopback = await startLoopback({ host, page, port: 0, hosts: [] })
  const issued = await loopback.issueAddress(null)
  process.send?.(issued.ok ? issued.address : issued.reason)
})
// What Node made of the sources it would keep at its end, for which a kill leaves no time.
flushCompileCache()
// Whoever started it is gone.
process.once('disconnect', () => process.exit(0))
