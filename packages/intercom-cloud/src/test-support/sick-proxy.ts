import type { Emulator } from '@intercom-destinations/emulator'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** What a client gets in the place of Intercom's answer. */
export type SickAnswer =
  | 'dropped'
  /** `isCut`: the connection breaks in the middle of the body. */
  | { status: number; headers?: Record<string, string>; body: string; isCut?: true }

export interface Sickness {
  /** As Intercom's reference writes it: `PUT /contacts/{id}`. */
  operation: string
  answer: SickAnswer
  /** Whether Intercom does what it was asked before the answer is lost or replaced. */
  isCarriedOut: boolean
}

export interface SickProxy {
  readonly url: string
  /** Requests that came to the place where redirects lead. */
  readonly followed: () => number
  /** From now on this emulator answers, but for one request of this operation. */
  readonly spoil: (emulator: Emulator, sickness?: Sickness) => { isSpent: () => boolean }
  readonly close: () => Promise<void>
}

const ELSEWHERE = '/elsewhere'
/** What redirects lead to looks like success for every operation. */
const LOOKS_FINE = JSON.stringify({ type: 'list', id: '65a0000000000000000000ff', name: 'x', data: [], admins: [] })

/** A real server in front of an emulator, which once answers as proxies and broken networks do. */
export async function openSickProxy(): Promise<SickProxy> {
  let emulator: Emulator | undefined
  let sickness: Sickness | undefined
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
      response.writeHead(200, { 'content-type': 'application/json' }).end(LOOKS_FINE)
      return
    }
    const mine = sickness && isMeant(sickness.operation, request.method, pathname) ? sickness : undefined
    if (!mine) {
      const reply = await forward(request, body)
      response.writeHead(reply.status, Object.fromEntries(reply.headers)).end(await reply.text())
      return
    }
    sickness = undefined
    if (mine.isCarriedOut) await forward(request, body)
    spoilt(response, mine.answer)
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
    spoil: (next, what) => {
      emulator = next
      sickness = what
      return { isSpent: () => sickness === undefined }
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

function spoilt(response: ServerResponse, answer: SickAnswer): void {
  if (answer === 'dropped') {
    response.destroy()
    return
  }
  const { status, headers, body, isCut } = answer
  response.writeHead(status, headers)
  if (isCut) response.write(body, () => response.destroy())
  else response.end(body)
}

function isMeant(operation: string, method: string | undefined, pathname: string): boolean {
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
const redirect = (status: number): SickAnswer => ({ status, headers: { location: ELSEWHERE }, body: '' })
const page = (status: number): SickAnswer => ({ status, headers: HTML, body: PAGE })
const json = (status: number, body: string): SickAnswer => ({ status, headers: JSON_TYPE, body })

/** Where nothing of an answer is read, Intercom's own may be one of these. */
export const SILENT: Readonly<Record<string, SickAnswer>> = {
  '200 with {}': json(200, '{}'),
  '200 with nothing': { status: 200, headers: HTML, body: '' }
}

/** What is Intercom's answer to nothing. */
export const SICK: Readonly<Record<string, SickAnswer>> = {
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

/** Without a length, so that the break is all that tells the end. */
export const BREAKS_OFF: SickAnswer = { status: 200, headers: JSON_TYPE, body: '{ "type": "list", "da', isCut: true }

/** More of the kind, for which one operation stands for all. */
export const MORE_SICK: Readonly<Record<string, SickAnswer>> = {
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
