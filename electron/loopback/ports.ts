import { keepPort, readLastPort } from './profile.ts'
import { type LoopbackServer, listen, type ServerOptions } from './server.ts'

/** The port that the person asked for is another program's. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken'
  readonly port: number
  constructor(port: number) {
    super(`Port ${port} of 127.0.0.1 is taken: give another one with --port, or none.`)
    this.port = port
  }
}

/** Listens on the asked-for port, else on the profile's last one if it is free, else on any; and keeps it for the next start. */
export async function listenOn(
  asked: number | null,
  profile: string,
  options: Omit<ServerOptions, 'port'>,
): Promise<LoopbackServer> {
  const server = await listenOnFirst(asked, readLastPort(profile), options)
  keepPort(profile, server.port)
  return server
}

async function listenOnFirst(asked: number | null, last: number | null, options: Omit<ServerOptions, 'port'>) {
  try {
    return await listen({ ...options, port: asked ?? last ?? 0 })
  } catch (error) {
    if (!isTaken(error)) throw error
    if (asked !== null) throw new PortTaken(asked)
    return listen({ ...options, port: 0 })
  }
}

// EACCES: a port that only the administrator may take, or one that the system keeps back.
function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')
}
