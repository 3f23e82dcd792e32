import { type Certificate, readCertificates } from '../../../core/certificate.ts'
import type { IndexPath } from '../../../core/path.ts'
import { parseQuantity } from '../../../core/quantity.ts'

/** What is known of a value that is looked at. */
export type Value = {
  readonly path: IndexPath
  /** As it is written, without quotes; of a block scalar its lines. */
  readonly text: string
  readonly kind: string
  /** Whether it is one of a Secret's values, of which nothing is said but their size. */
  readonly secret: boolean
  /** The `timeZone` beside it, if any. */
  readonly timeZone: string | null
}

/** What a value means, as facts. */
export type Meaning =
  | { readonly kind: 'cores'; readonly cores: number }
  /** `milli` where thousandths of a byte are asked for, which nobody means. */
  | { readonly kind: 'bytes'; readonly bytes: bigint; readonly milli: boolean }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'cron'; readonly schedule: string; readonly timeZone: string | null }
  | { readonly kind: 'duration'; readonly seconds: number }
  | { readonly kind: 'time'; readonly time: Date }
  | { readonly kind: 'mode'; readonly mode: number }
  | { readonly kind: 'base64'; readonly bytes: number }
  | { readonly kind: 'certificates'; readonly certificates: readonly Certificate[] }
  | { readonly kind: 'image'; readonly image: Image }

/** The parts of an image's name, as the container runtime reads it. */
export type Image = {
  readonly registry: string
  readonly repository: string
  readonly tag: string | null
  readonly digest: string | null
}

type Recogniser = (value: Value, field: string) => Meaning | null

/** What a value means; null where its own words say it. */
export function meaningOf(value: Value): Meaning | null {
  const field = value.path.findLast(step => typeof step === 'string') ?? ''
  for (const recognise of recognisers) {
    const meaning = recognise(value, String(field))
    if (meaning !== null) return meaning
  }
  return null
}

const quantityMaps =
  /^(limits|requests|hard|used|capacity|allocatable|min|max|default|defaultRequest|overhead|podFixed)$/
const quantityFields = /^(sizeLimit|storage|averageValue|memory|cpu|ephemeral-storage)$/
const byteFields = /^(.*\.)?(memory|storage|ephemeral-storage|sizeLimit|hugepages-.*)$/

const quantity: Recogniser = ({ path, text }, field) => {
  const parent = path.at(-2)
  const isQuantity = quantityFields.test(field) || (typeof parent === 'string' && quantityMaps.test(parent))
  const nanos = isQuantity ? parseQuantity(text) : null
  if (nanos === null) return null
  if (/^(.*\.)?cpu$/.test(field)) return { kind: 'cores', cores: Number(nanos) / 1e9 }
  if (byteFields.test(field)) {
    return {
      kind: 'bytes',
      bytes: (nanos + 999_999_999n) / 1_000_000_000n,
      milli: nanos % 1_000_000_000n !== 0n || /\d[mun]$/.test(text),
    }
  }
  return /^\d+$/.test(text) ? null : { kind: 'number', number: Number(nanos) / 1e9 }
}

const cron: Recogniser = ({ text, timeZone }, field) =>
  field === 'schedule' && /^(@\w+|(\S+\s+){4}\S+)$/.test(text.trim())
    ? { kind: 'cron', schedule: text.trim(), timeZone }
    : null

const duration: Recogniser = ({ text }, field) =>
  /Seconds$/.test(field) && /^\d{2,}$/.test(text) && Number(text) >= 60
    ? { kind: 'duration', seconds: Number(text) }
    : null

const time: Recogniser = ({ text }) => {
  if (!/^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(text)) return null
  const read = new Date(text)
  return Number.isNaN(read.getTime()) ? null : { kind: 'time', time: read }
}

/** A leading zero makes it octal, as Kubernetes reads YAML. */
const mode: Recogniser = ({ text }, field) => {
  if (!/^(defaultMode|mode)$/.test(field) || !/^\d{1,5}$/.test(text)) return null
  const read = /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number(text)
  return read <= 0o777 ? { kind: 'mode', mode: read } : null
}

const pem: Recogniser = ({ text, secret }) => {
  if (secret || !text.includes('-----BEGIN CERTIFICATE-----')) return null
  const certificates = readCertificates(text)
  return certificates.length === 0 ? null : { kind: 'certificates', certificates }
}

const base64: Recogniser = ({ path, text, kind, secret }, field) => {
  const isEncoded = secret || field === 'caBundle' || (kind === 'ConfigMap' && path[0] === 'binaryData')
  const bare = text.replace(/\s/g, '')
  if (!isEncoded || bare === '' || bare.length % 4 !== 0 || !/^[A-Za-z0-9+/]+=*$/.test(bare)) return null
  const bytes = (bare.length / 4) * 3 - (/=*$/.exec(bare)?.[0].length ?? 0)
  // A CA's certificates are for everybody; of a Secret not even that is said.
  const certificates = secret || field !== 'caBundle' ? [] : readCertificates(atob(bare))
  return certificates.length > 0 ? { kind: 'certificates', certificates } : { kind: 'base64', bytes }
}

const image: Recogniser = ({ text }, field) => {
  const parsed = field === 'image' ? parseImage(text) : null
  return parsed === null ? null : { kind: 'image', image: parsed }
}

const recognisers: readonly Recogniser[] = [pem, base64, quantity, cron, duration, time, mode, image]

/** Reads an image's name as Docker's reference grammar does; null where it is none. */
export function parseImage(text: string): Image | null {
  const match = /^([^@\s]+?)(?::([\w][\w.-]{0,127}))?(?:@([a-z0-9]+:[0-9a-f]{32,}))?$/.exec(text)
  const name = match?.[1]
  if (match === null || name === undefined || !/^[a-zA-Z0-9][\w./:-]*$/.test(name)) return null
  const [first = '', ...rest] = name.split('/')
  const isRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')
  const repository = isRegistry ? rest.join('/') : name
  return {
    registry: isRegistry ? first : 'docker.io',
    repository: isRegistry || repository.includes('/') ? repository : `library/${repository}`,
    tag: match[2] ?? null,
    digest: match[3] ?? null,
  }
}
