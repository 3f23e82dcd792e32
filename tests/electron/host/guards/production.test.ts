import { expect, test } from 'vitest'
import { looksLikeProduction } from '../../../../electron/host/guards/production.ts'

test.each([
  'prod',
  'production',
  'prd-eu',
  'live',
  'eu-west-1.prod2',
  'arn:aws:eks:eu-west-1:123456789012:cluster/prod',
  'gke_acme-production_europe-west1_main',
  'acmeProdEU',
  'PROD_EU',
  'https://api.prod.acme.example:6443',
  '上海生产集群',
])('%s looks like production', name => {
  expect(looksLikeProduction(['kind', name])).toBe(true)
})

test.each([
  'product-dev',
  'products',
  'reproduction',
  'dev',
  'staging',
  'non-prod',
  'nonprod',
  'pre-production',
  'preprod',
  'deliver',
  'oliver',
  'https://127.0.0.1:6443',
  '非生产环境',
  '',
])('%s does not', name => {
  expect(looksLikeProduction([name])).toBe(false)
})
