import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Emulator } from '../emulator'
import { errorList } from './errors'
import { ConnectionDropped } from './faults'

export interface ServeOptions {
  /** 0, the default, picks a free port. */
  port?: number
  /** A loopback address; 127.0.0.1 by default. */
  hostname?: string
}

export interface Served {
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
  readonly url: string
  readonly port: number
  /** Stops the server at once, and closes open connections too. */
  readonly close: () => Promise<void>
}

const LOOPBACK = ['127.0.0.1', 'localhost', '::1']

/** Intercom's own limit is not known; this one keeps a faulty client from using up memory. */
const BODY_BYTES_MAX = 1024 * 1024

/** Statuses that HTTP forbids a body. */
const BODILESS = [204, 304]

const bracketed = (hostname: string) => (hostname.includes(':') ? `[${hostname}]` : hostname)

const refuse = (response: ServerResponse, status: number, code: string, message: string): void => {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', Connection: 'close' })
  response.end(JSON.stringify(errorList('', code, message)))
}

/** The body, or undefined if it is too large. All of it is read even then, so that the client receives the refusal. */
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

const toHeaders = (request: IncomingMessage): Headers => {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    for (const one of Array.isArray(value) ? value : [value ?? '']) headers.append(name, one)
  }
  return headers
}

const isAddress = (address: string | AddressInfo | null): address is AddressInfo =>
  typeof address === 'object' && address !== null

/** Why a request is refused; undefined if its host and its origin are among `ownHosts`. */
const refusalReason = ({ host = '', origin }: IncomingMessage['headers'], ownHosts: readonly string[]) => {
  if (!ownHosts.includes(host.toLowerCase())) return 'This emulator answers to its own loopback address only'
  const isForeign = origin !== undefined && !ownHosts.some((own) => origin.toLowerCase() === `http://${own}`)
  return isForeign ? 'This emulator does not answer to other origins' : undefined
}

/** Passes one HTTP request to the emulator and writes its answer. */
const answer = async (
  emulator: Pick<Emulator, 'fetch'>,
  ownHosts: readonly string[],
  request: IncomingMessage,
  response: ServerResponse
): Promise<void> => {
  const reason = refusalReason(request.headers, ownHosts)
  if (reason !== undefined) {
    request.resume()
    refuse(response, 403, 'forbidden', reason)
    return
  }
  const body = await readBody(request)
  if (body === undefined) {
    refuse(response, 413, 'bad_request', `The request body is larger than ${BODY_BYTES_MAX} bytes`)
    return
  }
  const method = request.method ?? 'GET'
  // Ends the wait for a slow answer when the client closes the connection.
  const closed = new AbortController()
  response.once('close', () => {
    closed.abort()
  })
  // Not `new URL(path, base)`: `//` and `//other/path` would name another host.
  const address = `http://${request.headers.host ?? ''}${request.url ?? '/'}`
  if (!request.url?.startsWith('/') || !URL.canParse(address)) {
    refuse(response, 404, 'not_found', 'Resource Not Found')
    return
  }
  const reply = await emulator.fetch(address, {
    method,
    headers: toHeaders(request),
    signal: closed.signal,
    ...(method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(body) })
  })
  response.writeHead(reply.status, Object.fromEntries(reply.headers))
  const isBodiless = method === 'HEAD' || BODILESS.includes(reply.status)
  response.end(isBodiless ? undefined : Buffer.from(await reply.arrayBuffer()))
}

/** Starts to listen and returns the port; rejects if the port is taken. */
const listen = async (server: Server, port: number, hostname: string): Promise<number> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, hostname, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const address = server.address()
  if (!isAddress(address)) throw new Error('serve: the server has no port')
  return address.port
}

/**
 * Serves an emulator on a loopback port. Only this machine reaches it, and no web page does: a request for another host
 * (DNS rebinding) or from another origin is refused with 403.
 */
export const serve = async (
  emulator: Pick<Emulator, 'fetch'>,
  { port: wantedPort = 0, hostname = '127.0.0.1' }: ServeOptions = {}
): Promise<Served> => {
  if (!LOOPBACK.includes(hostname)) throw new Error(`serve: ${hostname} is not a loopback address`)
  let ownHosts: string[] = []
  const server = createServer((request, response) => {
    answer(emulator, ownHosts, request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed || error instanceof ConnectionDropped) {
        request.socket.destroy()
        return
      }
      refuse(response, 500, 'emulator_error', error instanceof Error ? error.message : 'The emulator failed')
    })
  })
  const port = await listen(server, wantedPort, hostname)
  ownHosts = LOOPBACK.map((name) => `${bracketed(name)}:${port}`)
  return {
    url: `http://${bracketed(hostname)}:${port}`,
    port,
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
