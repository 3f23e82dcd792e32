import { type Cursor, isBlank, isBlankOrEnd, isBreakOrEnd, YamlFault } from './yaml-cursor.ts'

/** A tag as written: `handle` is `!`, `!!`, `!name!`, or empty where the tag is spelt out in `<>`. */
export type Tag = { readonly handle: string; readonly suffix: string }

/** The name of an anchor or alias, from its `&` or `*` on. */
export function scanName(cursor: Cursor): string {
  const from = cursor.at
  cursor.at++
  const name = cursor.take(/[\w-]+/y)
  const next = cursor.code()
  if (name === '' || !(isBlankOrEnd(next) || '?:,]}%@`'.includes(String.fromCharCode(next)))) {
    throw new YamlFault('a name of letters, digits, - and _ belongs here', from, cursor.at + 1)
  }
  return name
}

/** A tag, from its `!` on. */
export function scanTag(cursor: Cursor): Tag {
  const from = cursor.at
  const tag = cursor.code(1) === 0x3c ? verbatimTag(cursor) : shortTag(cursor)
  if (!isBlankOrEnd(cursor.code())) throw new YamlFault('a tag ends at a blank', from, cursor.at + 1)
  return tag
}

function verbatimTag(cursor: Cursor): Tag {
  const from = cursor.at
  cursor.at += 2
  const suffix = scanUri(cursor)
  if (suffix === '' || cursor.code() !== 0x3e) throw new YamlFault('this tag does not end with >', from, cursor.at + 1)
  cursor.at++
  return { handle: '', suffix }
}

function shortTag(cursor: Cursor): Tag {
  const from = cursor.at
  const head = cursor.take(/![\w-]*!?/y)
  const suffix = scanUri(cursor)
  if (head.length > 1 && head.endsWith('!')) {
    if (suffix === '') throw new YamlFault('this tag has no name', from, cursor.at)
    return { handle: head, suffix }
  }
  const name = head.slice(1) + suffix
  // A tag that is nothing but `!`.
  return name === '' ? { handle: '', suffix: '!' } : { handle: '!', suffix: name }
}

function scanUri(cursor: Cursor): string {
  let uri = ''
  for (;;) {
    uri += cursor.take(/[\w;/?:@&=+$,.!~*'()[\]-]+/y)
    if (cursor.code() !== 0x25) return uri
    uri += escapedOctets(cursor)
  }
}

/** One character, each of whose UTF-8 octets is written as `%` and two digits. */
function escapedOctets(cursor: Cursor): string {
  const from = cursor.at
  const octets: number[] = []
  for (let length = 1; octets.length < length; ) {
    const hex = cursor.take(/%[0-9a-fA-F]{2}/y)
    const octet = Number.parseInt(hex.slice(1), 16)
    if (octets.length === 0) length = octet < 0x80 ? 1 : octet < 0xe0 ? 2 : octet < 0xf0 ? 3 : 4
    const isLeading = octets.length === 0 && (octet < 0x80 || (octet >= 0xc0 && octet < 0xf8))
    const isTrailing = octets.length > 0 && (octet & 0xc0) === 0x80
    if (hex === '' || !(isLeading || isTrailing)) throw new YamlFault('this escape names no character', from, cursor.at)
    octets.push(octet)
  }
  return new TextDecoder().decode(Uint8Array.from(octets))
}

/** A directive, from its `%` on to the end of its line; null for `%YAML 1.1`, which is the version that is read. */
export function scanDirective(cursor: Cursor): { readonly handle: string; readonly prefix: string } | null {
  const from = cursor.at
  const name = cursor.take(/%[\w-]*/y)
  const hasValue = isBlank(cursor.code())
  const directive = name === '%TAG' && hasValue ? tagDirective(cursor) : null
  if (directive === null && !(name === '%YAML' && hasValue && isVersion(cursor))) {
    throw new YamlFault('this directive is unknown', from, cursor.at, 'directive')
  }
  cursor.skipBlanks()
  cursor.skipComment()
  if (!isBreakOrEnd(cursor.code())) throw new YamlFault('only a comment may follow a directive', cursor.at)
  cursor.skipBreak()
  return directive
}

function isVersion(cursor: Cursor): boolean {
  cursor.skipBlanks()
  return /^0?1\.0?1$/.test(cursor.take(/\d\d?\.\d\d?(?!\d)/y))
}

function tagDirective(cursor: Cursor): { handle: string; prefix: string } {
  const from = cursor.at
  cursor.skipBlanks()
  const handle = cursor.take(/!(?:[\w-]*!)?/y)
  const blank = isBlank(cursor.code())
  cursor.skipBlanks()
  const prefix = handle !== '' && blank ? scanUri(cursor) : ''
  if (prefix === '' || !isBlankOrEnd(cursor.code())) {
    throw new YamlFault('%TAG needs a handle and a prefix', from, cursor.at)
  }
  return { handle, prefix }
}
