import { describe, expect, it } from 'vitest'
import { matchesName, parseFilter } from '../../../../electron/host/views/filter.ts'

describe('a filter text', () => {
  it.each([
    ['', '', '', []],
    ['nginx', '', '', ['nginx']],
    ['Foo  bar', '', '', ['foo', 'bar']],
    ['app=nginx', 'app=nginx', '', []],
    ['app==nginx web', 'app==nginx', '', ['web']],
    ['app!=nginx,tier=web', 'app!=nginx,tier=web', '', []],
    ['app.kubernetes.io/name=x', 'app.kubernetes.io/name=x', '', []],
    ['!legacy', '!legacy', '', []],
    ['app in (a, b) x', 'app in (a, b)', '', ['x']],
    ['app notin (a) tier=web', 'app notin (a),tier=web', '', []],
    ['app=', 'app=', '', []],
    ['label:app web', 'app', '', ['web']],
    ['label:app,!tier label:x=y', 'app,!tier,x=y', '', []],
    ['label:', '', '', []],
    ['field:status.phase=Running', '', 'status.phase=Running', []],
    ['field:metadata.name!=x field:spec.nodeName=n', '', 'metadata.name!=x,spec.nodeName=n', []],
    // Still being typed.
    ['field:status', '', '', []],
    ['field:', '', '', []],
    ['a in b', '', '', ['a', 'in', 'b']],
    ['=x', '', '', ['=x']],
    ['nginx:1.14', '', '', ['nginx:1.14']],
  ])('%j', (text, labels, fields, words) => {
    expect(parseFilter(text)).toMatchObject({ labels, fields, words, within: null, by: [] })
  })

  it.each([
    ['changed:30s', 30_000, []],
    ['changed:15m', 900_000, []],
    ['changed:1h30m', 5_400_000, []],
    ['changed:2d changed:1h', 3_600_000, []],
    ['by:kubectl-Edit by:x', null, ['kubectl-edit', 'x']],
    // Still being typed.
    ['changed: changed:1 changed:h by:', null, []],
  ])('%j', (text, within, by) => {
    expect(parseFilter(text)).toEqual({ labels: '', requirements: [], fields: '', words: [], within, by })
  })
})

describe('a word and a name', () => {
  it.each([
    ['nginx-deployment', 'deploy', true],
    ['nginx-deployment', 'ngxdep', true],
    ['nginx-deployment', 'nd', false],
    ['my-nginx', 'ngx', true],
    ['a-nothing-in-common-with-gardens', 'ngx', false],
    ['n-very-long-name-until-g-and-even-longer-x', 'ngx', false],
    ['NGINX', 'nginx', true],
    ['row-21', 'row-1', false],
    ['nginx', 'nginxx', false],
  ])('%s with %s: %s', (name, word, matches) => {
    expect(matchesName(name, word)).toBe(matches)
  })
})
