import { BlockList, isIP } from 'node:net'

/** The proxy that Go's ProxyFromEnvironment would take for a server: HTTPS_PROXY or HTTP_PROXY, NO_PROXY, never for loopback. Null for none. */
export function proxyFromEnvironment(
  server: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  const url = new URL(server)
  const variable = (name: string) => environment[name] || environment[name.toLowerCase()] || ''
  const proxy = variable(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY')
  if (proxy === '' || !usesProxy(url, variable('NO_PROXY'))) return null
  return proxy.includes('://') ? proxy : `http://${proxy}`
}

function usesProxy(url: URL, noProxy: string): boolean {
  const host = url.hostname
    .replace(/^\[|\]$/g, '')
    .toLowerCase()
    .replace(/\.$/, '')
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  if (host === 'localhost' || isLoopback(host)) return false
  return !noProxy.split(',').some(entry => covers(entry.trim().toLowerCase(), host, port))
}

function covers(entry: string, host: string, port: string): boolean {
  if (entry === '') return false
  if (entry === '*') return true
  if (entry.includes('/')) return inRange(entry, host)
  const cut = /^(\[.+\]|[^:]+):(\d+)$/.exec(entry)
  if (cut !== null && cut[2] !== port) return false
  const name = (cut?.[1] ?? entry).replace(/^\[|\]$/g, '')
  if (isIP(name) > 0) return name === host
  // `example.com` covers itself and what is below it, `.example.com` and `*.example.com` only the latter.
  const below = name.replace(/^\*?\./, '')
  return host.endsWith(`.${below}`) || (below === name && host === name)
}

function inRange(range: string, host: string): boolean {
  const [address = '', bits = ''] = range.split('/')
  const family = isIP(address)
  if (family === 0 || isIP(host) !== family) return false
  const list = new BlockList()
  const kind = family === 6 ? 'ipv6' : 'ipv4'
  const length = Number(bits)
  if (!Number.isInteger(length) || length < 0 || length > (family === 6 ? 128 : 32)) return false
  list.addSubnet(address, length, kind)
  return list.check(host, kind)
}

function isLoopback(host: string): boolean {
  return inRange('127.0.0.0/8', host) || host === '::1'
}
