/** What a certificate says for people: names as `CN=…, O=…`, and the DNS names and addresses it is for. */
export type Certificate = {
  readonly subject: string
  readonly issuer: string
  readonly from: Date
  readonly until: Date
  readonly names: readonly string[]
}

// Nobody reads more of a bundle.
const mostOfBundle = 20

/** The certificates of a PEM text, in order; those that cannot be read are left out. */
export function readCertificates(pem: string): readonly Certificate[] {
  const found = pem.matchAll(/-----BEGIN CERTIFICATE-----([\sA-Za-z0-9+/=]*)-----END CERTIFICATE-----/g)
  return [...found.take(mostOfBundle)].flatMap(([, base64 = '']) => {
    const certificate = readCertificate(base64.replace(/\s/g, ''))
    return certificate === null ? [] : [certificate]
  })
}

/** One element of DER (X.690): its tag, and where its content stands. */
type Element = { readonly tag: number; readonly bytes: Uint8Array }

/** A certificate of RFC 5280, from the base64 of its DER; null where it is none. */
function readCertificate(base64: string): Certificate | null {
  try {
    const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0))
    const [certificate] = elements(bytes)
    const [body] = elements(certificate?.bytes)
    const fields = elements(body?.bytes)
    // The version is left out by version 1.
    const start = fields[0]?.tag === 0xa0 ? 1 : 0
    const [issuer, validity, subject] = [fields[start + 2], fields[start + 3], fields[start + 4]]
    const [from, until] = elements(validity?.bytes).map(timeOf)
    if (issuer === undefined || subject === undefined || from === undefined || until === undefined) return null
    if (Number.isNaN(from.getTime()) || Number.isNaN(until.getTime())) return null
    const extensions = fields.find(({ tag }) => tag === 0xa3)
    return { subject: nameOf(subject), issuer: nameOf(issuer), from, until, names: alternativeNames(extensions) }
  } catch {
    // Not base64, or not DER.
    return null
  }
}

function elements(bytes: Uint8Array | undefined): readonly Element[] {
  const found: Element[] = []
  if (bytes === undefined) return found
  for (let at = 0; at < bytes.length; ) {
    const tag = byteAt(bytes, at)
    let length = byteAt(bytes, at + 1)
    at += 2
    if (length >= 0x80) {
      const count = length - 0x80
      length = 0
      for (let index = 0; index < count; index += 1) length = length * 256 + byteAt(bytes, at + index)
      at += count
    }
    if (at + length > bytes.length) throw new RangeError('an element is cut off')
    found.push({ tag, bytes: bytes.subarray(at, at + length) })
    at += length
  }
  return found
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at]
  if (byte === undefined) throw new RangeError('an element is cut off')
  return byte
}

const attributes: Readonly<Record<string, string>> = {
  '55 04 03': 'CN',
  '55 04 0a': 'O',
  '55 04 0b': 'OU',
}

function nameOf({ bytes }: Element): string {
  return elements(bytes)
    .flatMap(set => elements(set.bytes))
    .flatMap(attribute => {
      const [type, value] = elements(attribute.bytes)
      const name = attributes[hexOf(type?.bytes)]
      return name === undefined || value === undefined ? [] : [`${name}=${textOf(value.bytes)}`]
    })
    .join(', ')
}

function alternativeNames(extensions: Element | undefined): readonly string[] {
  const list = elements(elements(extensions?.bytes)[0]?.bytes)
  const fields = list.map(({ bytes }) => elements(bytes)).find(([type]) => hexOf(type?.bytes) === '55 1d 11')
  const names = elements(elements(fields?.at(-1)?.bytes)[0]?.bytes)
  return names.flatMap(({ tag, bytes }) => {
    if (tag === 0x82) return [textOf(bytes)]
    return tag === 0x87 && bytes.length === 4 ? [bytes.join('.')] : []
  })
}

/** UTCTime has two digits of the year, GeneralizedTime four. */
function timeOf({ tag, bytes }: Element): Date {
  const text = textOf(bytes)
  const digits = tag === 0x17 ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text
  return new Date(digits.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d).*$/, '$1-$2-$3T$4:$5:$6Z'))
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

function hexOf(bytes: Uint8Array | undefined): string {
  return [...(bytes ?? [])].map(byte => byte.toString(16).padStart(2, '0')).join(' ')
}
