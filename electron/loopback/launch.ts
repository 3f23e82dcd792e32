import { parseAddress } from '../../contract/address.ts'

/** An address of the app with a launch token on it, as a path. */
export function withToken(path: string, token: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}token=${token}`
}

/** Takes the launch token off a request's path. `clean` is the app's address without it: `/` for what is none of ours. */
export function splitToken(url: string): { readonly token: string | null; readonly clean: string } {
  const [path = '/', query = ''] = cutAt(url, '?')
  const pairs = query.split('&').filter(pair => pair !== '')
  const token = pairs.find(pair => pair.startsWith('token='))?.slice('token='.length) ?? null
  const rest = pairs.filter(pair => !pair.startsWith('token='))
  const clean = rest.length === 0 ? path : `${path}?${rest.join('&')}`
  // `//elsewhere` in a Location header would lead away.
  return { token, clean: parseAddress(clean) === null ? '/' : clean }
}

function cutAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
