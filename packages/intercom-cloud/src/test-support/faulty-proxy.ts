import type { Emulator } from '@intercom-destinations/emulator'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** What a client receives in place of Intercom's response. */
export type FaultyResponse =
  | 'dropped'
  /** `isCut`: the connection breaks in the middle of the body. */
  | { status: number; headers?: Record<string, string>; body: string; isCut?: true }

export interface Fault {
  /** As Intercom's reference writes it: `PUT /contacts/{id}`. */
  operation: string
  answer: FaultyResponse
  /** Whether Intercom carries out the request before its response is lost or replaced. */
  isCarriedOut: boolean
}

export interface FaultyProxy {
  readonly url: string
  /** Number of requests to the target of the redirects. */
  readonly followed: () => number
  /** Passes requests to this emulator, except for the next request of the faulty operation. */
  readonly replaceNext: (emulator: Emulator, fault?: Fault) => { isUsed: () => boolean }
  readonly close: () => Promise<void>
}

const ELSEWHERE = '/elsewhere'
/** The response at the target of the redirects, which looks like a success of every operation. */
const FALSE_SUCCESS = JSON.stringify({ type: 'list', id: '65a0000000000000000000ff', name: 'x', data: [], admins: [] })

/** A real server in front of an emulator that answers one request like a proxy or a broken network. */
export async function openFaultyProxy(): Promise<FaultyProxy> {
  let emulator: Emulator | undefined
  let fault: Fault | undefined
  let followed = 0

  const forward = async (request: IncomingMessage, body: string): Promise<Response> => {
    if (!emulator) throw new Error('nothing to answer with')
    const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)])
    const { method = 'GET', url = '/' } = request
    return emulator.fetch(`https://api.intercom.io${url}`, { method, headers, ...(body === '' ? {} : { body }) })
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await toText(request)
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === ELSEWHERE) {
      followed += 1
      response.writeHead(200, { 'content-type': 'application/json' }).end(FALSE_SUCCESS)
      return
    }
    const matching = fault && isRequestOf(fault.operation, request.method, pathname) ? fault : undefined
    if (!matching) {
      const reply = await forward(request, body)
      response.writeHead(reply.status, Object.fromEntries(reply.headers)).end(await reply.text())
      return
    }
    fault = undefined
    if (matching.isCarriedOut) await forward(request, body)
    sendFault(response, matching.answer)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    followed: () => followed,
    replaceNext: (next, nextFault) => {
      emulator = next
      fault = nextFault
      return { isUsed: () => fault === undefined }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      })
  }
}

function sendFault(response: ServerResponse, answer: FaultyResponse): void {
  if (answer === 'dropped') {
    response.destroy()
    return
  }
  const { status, headers, body, isCut } = answer
  response.writeHead(status, headers)
  if (isCut) response.write(body, () => response.destroy())
  else response.end(body)
}

function isRequestOf(operation: string, method: string | undefined, pathname: string): boolean {
  const [wanted, template = ''] = operation.split(' ')
  const path = template.replace(/\?.*$/, '').replace(/\{\w+\}/g, '[^/]+')
  return wanted === method && new RegExp(`^${path}$`).test(pathname)
}

async function toText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

const HTML = { 'content-type': 'text/html; charset=utf-8' }
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }
const PAGE = '<html><head><title>Sign in</title></head><body>Please sign in to the network.</body></html>'
const redirect = (status: number): FaultyResponse => ({ status, headers: { location: ELSEWHERE }, body: '' })
const page = (status: number): FaultyResponse => ({ status, headers: HTML, body: PAGE })
const json = (status: number, body: string): FaultyResponse => ({ status, headers: JSON_TYPE, body })

/** Successes without content, which Intercom may send if the response is not used. */
export const EMPTY_SUCCESSES: Readonly<Record<string, FaultyResponse>> = {
  '200 with {}': json(200, '{}'),
  '200 with nothing': { status: 200, headers: HTML, body: '' }
}

/** Responses that Intercom never sends. */
export const FAULTY_RESPONSES: Readonly<Record<string, FaultyResponse>> = {
  '301': redirect(301),
  '302': redirect(302),
  '307': redirect(307),
  '308': redirect(308),
  '200 with a login page': page(200),
  '200 with a page that calls itself JSON': json(200, PAGE),
  '200 with null': json(200, 'null'),
  '200 with a list': json(200, '[]'),
  '200 with half an answer': json(200, '{ "type": "list", "data": [ { "id": "65a00'),
  '200 with a list of errors': json(200, '{ "type": "error.list", "errors": [{ "code": "not_found" }] }'),
  '204': { status: 204, body: '' },
  '401 with a page': page(401),
  '403 with a page': page(403),
  '404 with a page': page(404),
  '404 with the JSON of another API': json(404, '{ "message": "no route", "errors": [{ "message": "no route" }] }'),
  '409 with a page': page(409),
  '410 with a page that links elsewhere': {
    status: 410,
    headers: { ...HTML, link: '</contacts/65a0000000000000000000ff>; rel="canonical"' },
    body: PAGE
  },
  '500 with a page': page(500),
  '502 with a page': page(502),
  'a dropped connection': 'dropped'
}

/** Without a content length, so that only the broken connection shows that the body is incomplete. */
export const TRUNCATED: FaultyResponse = { status: 200, headers: JSON_TYPE, body: '{ "type": "list", "da', isCut: true }

/** Further responses of this kind, which are tested with one operation only. */
export const MORE_FAULTY_RESPONSES: Readonly<Record<string, FaultyResponse>> = {
  '300': redirect(300),
  '303': redirect(303),
  '304': { status: 304, body: '' },
  '200 with a text': json(200, '"ok"'),
  '200 with blanks': json(200, ' \n'),
  '203 with {}': json(203, '{}'),
  '206 with {}': json(206, '{}'),
  '400 with a page': page(400),
  '401 with nothing': { status: 401, body: '' },
  '404 with nothing': { status: 404, body: '' },
  '407 with a page': page(407),
  '409 with {}': json(409, '{}'),
  '410 with an empty list of errors': json(410, '{ "type": "error.list", "errors": [] }'),
  '422 with a page': page(422),
  '451 with a page': page(451),
  '503 with nothing': { status: 503, body: '' },
  '599 with a page': page(599)
}
