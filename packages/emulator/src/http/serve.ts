import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Emulator } from '../emulator'
import { errorList } from './errors'
import { ConnectionDropped } from './faults'

export interface ServeOptions {
  /** 0, the default, takes a free one. */
  port?: number
  /** A loopback address; 127.0.0.1 when left out. */
  hostname?: string
}

export interface Served {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string
  readonly port: number
  /** Ends at once: open connections are closed too. */
  readonly close: () => Promise<void>
}

const LOOPBACK = ['127.0.0.1', 'localhost', '::1']

/** Intercom's own limit is not known; this one keeps a runaway client from filling the memory. */
const BODY_BYTES_MAX = 1024 * 1024

/** Statuses that HTTP forbids a body. */
const BODILESS = [204, 304]

const bracketed = (hostname: string) => (hostname.includes(':') ? `[${hostname}]` : hostname)

const refuse = (response: ServerResponse, status: number, code: string, message: string): void => {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', Connection: 'close' })
  response.end(JSON.stringify(errorList('', code, message)))
}

/** The body, or undefined when it is larger than anyone needs. What is too much is still read, so that the client hears why. */
const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue
    size += chunk.length
    if (size <= BODY_BYTES_MAX) chunks.push(chunk)
    else chunks.length = 0
  }
  return size > BODY_BYTES_MAX ? undefined : Buffer.concat(chunks)
}

const headersOf = (request: IncomingMessage): Headers => {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    for (const one of Array.isArray(value) ? value : [value ?? '']) headers.append(name, one)
  }
  return headers
}

const isAddress = (address: string | AddressInfo | null): address is AddressInfo =>
  typeof address === 'object' && address !== null

/**
 * Puts an emulator on a loopback port. Only this machine reaches it, and no web page does: a request that names another
 * host (DNS rebinding) or comes from another origin is refused.
 */
export const serve = async (
  emulator: Pick<Emulator, 'fetch'>,
  { port = 0, hostname = '127.0.0.1' }: ServeOptions = {}
): Promise<Served> => {
  if (!LOOPBACK.includes(hostname)) throw new Error(`serve: ${hostname} is not a loopback address`)
  let hosts: string[] = []

  const refusalOf = (host: string, origin: string | undefined): string | undefined => {
    if (!hosts.includes(host.toLowerCase())) return 'This emulator answers to its own loopback address only'
    const foreign = origin !== undefined && !hosts.some((own) => origin.toLowerCase() === `http://${own}`)
    return foreign ? 'This emulator does not answer to other origins' : undefined
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { host = '', origin } = request.headers
    const refused = refusalOf(host, origin)
    if (refused !== undefined) {
      request.resume()
      refuse(response, 403, 'forbidden', refused)
      return
    }
    const body = await readBody(request)
    if (body === undefined) {
      refuse(response, 413, 'bad_request', `The request body is larger than ${BODY_BYTES_MAX} bytes`)
      return
    }
    const method = request.method ?? 'GET'
    // A client that hangs up no longer waits for a slow answer.
    const hungUp = new AbortController()
    response.once('close', () => {
      hungUp.abort()
    })
    // Not `new URL(path, base)`: `//` and `//other/path` would name another host.
    const address = `http://${host}${request.url ?? '/'}`
    if (!request.url?.startsWith('/') || !URL.canParse(address)) {
      refuse(response, 404, 'not_found', 'Resource Not Found')
      return
    }
    const reply = await emulator.fetch(address, {
      method,
      headers: headersOf(request),
      signal: hungUp.signal,
      ...(method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(body) })
    })
    response.writeHead(reply.status, Object.fromEntries(reply.headers))
    const bodiless = method === 'HEAD' || BODILESS.includes(reply.status)
    response.end(bodiless ? undefined : Buffer.from(await reply.arrayBuffer()))
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed || error instanceof ConnectionDropped) {
        request.socket.destroy()
        return
      }
      refuse(response, 500, 'emulator_error', error instanceof Error ? error.message : 'The emulator failed')
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, hostname, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const address = server.address()
  if (!isAddress(address)) throw new Error('serve: the server has no port')
  hosts = LOOPBACK.map((name) => `${bracketed(name)}:${address.port}`)
  return {
    url: `http://${bracketed(hostname)}:${address.port}`,
    port: address.port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => {
          if (error) reject(error)
          else resolve()
        })
        server.closeAllConnections()
      })
  }
}
