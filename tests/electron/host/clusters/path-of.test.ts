import { expect, test } from 'vitest'
import { objectPath } from '../../../../electron/host/clusters/path-of.ts'

const pods = { group: '', version: 'v1', resource: 'pods' }
const apps = { group: 'apps', version: 'v1', resource: 'deployments' }

test.each([
  ['system:node', '/api/v1/namespaces/a/pods/system%3Anode'],
  ['..b.', '/api/v1/namespaces/a/pods/..b.'],
  // What the server would take apart, or go up by: it reads each `%25` as a `%`, once.
  ['b/proxy/shutdown', '/api/v1/namespaces/a/pods/b%252fproxy%252fshutdown'],
  ['b%2Fproxy', '/api/v1/namespaces/a/pods/b%25252Fproxy'],
  ['..', '/api/v1/namespaces/a/pods/%252e%252e'],
  ['b?dryRun=All', '/api/v1/namespaces/a/pods/b%3FdryRun%3DAll'],
])('an object named %s is asked for by a path of its own', (name, path) => {
  expect(objectPath(pods, { namespace: 'a', name })).toBe(path)
})

test('neither a kind nor a namespace leads elsewhere', () => {
  expect(
    objectPath({ ...apps, resource: '../secrets' }, { namespace: '../../x', name: 'b', subresource: 'scale' }),
  ).toBe('/apis/apps/v1/namespaces/..%252f..%252fx/..%252fsecrets/b/scale')
})
