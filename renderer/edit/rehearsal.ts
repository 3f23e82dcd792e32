import type { i18n } from 'i18next'
import type { Settings } from '../../contract/app.ts'
import type { OpenedEdit } from '../../contract/edit.ts'
import type { ClusterIdentity } from '../../core/object.ts'
import type { Client, Host } from '../app/client.ts'
import { startEdit } from './edit-work.ts'
import { editorWords } from './editor-words.ts'
import { panes } from './side/panes.ts'

/**
 * Takes up an edit of a small text out of sight and ends it at once: what runs for the first time takes several times as
 * long as ever after, and would be waited for at the first edit that a person opens. Nothing is asked of the host.
 */
export function rehearse(settings: Settings, messages: i18n): void {
  const work = startEdit(opened, host, { onMoved: () => undefined, onClosed: () => undefined })
  const hide = work.show(document.createElement('div'), {
    words: editorWords(messages.getFixedT(null, 'edit')),
    describedBy: '',
    readOnly: false,
    actOnOthers: () => null,
    messages,
    settings: () => settings,
    showObject: () => undefined,
    run: () => false,
  })
  hide()
  work.end()
  void panes.find(({ id }) => id === settings.editSide)?.load()
}

/** A host that takes every question and answers none. */
const host: Host = {
  client: silent() as Client,
  state: () => ({ kind: 'open', session: 1 }),
  subscribe: () => () => undefined,
  ready: () => new Promise(() => undefined),
  retry: () => undefined,
}

function silent(): unknown {
  return new Proxy(() => new Promise(() => undefined), { get: () => silent() })
}

const text = `# A little of all that texts have.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: { app: web, "tier": 'front' }
  managedFields: []
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: web
          image: nginx:1.27.1
          command: ["sh", -c]
          args:
            - |
              exec nginx -g 'daemon off;'
status:
  replicas: 3
`

const opened: OpenedEdit = {
  edit: 'rehearsal',
  lease: 1,
  context: '',
  ref: {
    // Of no cluster: nothing is compared with it.
    cluster: '' as ClusterIdentity,
    group: 'apps',
    version: 'v1',
    resource: 'deployments',
    kind: 'Deployment',
    namespace: 'default',
    name: 'web',
    uid: '',
  },
  origin: 'edit',
  text,
  textVersion: 0,
  base: '{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":3}}',
  baseVersion: '1',
  applied: null,
  schema: null,
  readOnly: null,
  subresources: [],
  steps: null,
  secret: false,
  secretData: 'decoded',
}
