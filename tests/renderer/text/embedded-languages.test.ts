import { expect, test } from 'vitest'
import { recognise } from '../../../renderer/text/embedded-languages.ts'

test.each([
  ['backup.sh', 'set -e\n', 'shell'],
  ['entrypoint', '#!/usr/bin/env bash\n', 'shell'],
  ['entrypoint', '#!/usr/bin/python3\n', 'python'],
  ['task', '#!/bin/something\n', 'shell'],
  ['init.sh', '#!/usr/bin/env node\n', 'javascript'],
  ['config.json', 'not yet', 'json'],
  ['policy', '{\n  "a": 1\n}', 'json'],
  ['nginx.conf', 'worker_processes 1;', 'nginx'],
  ['default.conf', 'server {\n  listen 80;', 'configuration'],
  ['site', 'server {\n  listen 80;', 'nginx'],
  ['values.yaml', 'a: 1', 'yaml'],
  ['embedded', 'apiVersion: v1\nkind: Pod', 'yaml'],
  ['application.properties', 'a=b', 'properties'],
  ['telegraf.toml', '[agent]', 'toml'],
  ['ca.crt', '-----BEGIN CERTIFICATE-----', 'pem'],
  ['anything', '-----BEGIN RSA PRIVATE KEY-----', 'pem'],
  ['envoy.lua', 'function x()', 'lua'],
  ['schema', 'CREATE TABLE a (b int);', 'sql'],
  ['haproxy.cfg', 'global\n  daemon', 'configuration'],
  ['Caddyfile', 'example.com {', 'configuration'],
  ['Corefile', '.:53 {', 'configuration'],
  ['note', 'just some words', null],
  ['note', '', null],
])('%s that begins with %j is %s', (key, start, language) => {
  expect(recognise(key, start)).toBe(language)
})
