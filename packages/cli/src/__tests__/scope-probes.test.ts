import { createRequestClient } from '@segment/actions-core'
import { createServer, type Server } from 'node:http'
import { ask } from '../check/scope-probes'

let server: Server
let url: string
let answer = { status: 200, body: '', type: 'text/html' }

beforeAll(async () => {
  server = createServer((request, response) => {
    const { status, body, type } = request.url === '/elsewhere' ? { ...answer, status: 200, body: '{}' } : answer
    response.writeHead(status, { 'content-type': type, location: '/elsewhere' }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/tags`
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

const JSON_TYPE = 'application/json'

test.each([
  ['a redirect', 302, '', JSON_TYPE],
  ['a login page', 200, '<html>', 'text/html'],
  ['a login page that calls itself JSON', 200, '<html>', JSON_TYPE],
  ['nothing', 204, '', 'text/html'],
  ['null', 200, 'null', JSON_TYPE],
  ['a list of errors with a 200', 200, '{"errors":[{"code":"not_found"}]}', JSON_TYPE],
  ['a 401 page', 401, '<html>', 'text/html'],
  ['a 403 page', 403, '<html>', 'text/html'],
  ['a 404 page', 404, '<html>', 'text/html'],
  ['a 403 of another API', 403, '{"message":"Forbidden"}', JSON_TYPE]
])('takes %s as no answer about a permission', async (_title, status, body, type) => {
  answer = { status, body, type }
  expect(await ask(createRequestClient(), url)).toEqual({ status: null, data: undefined })
})

test('accepts Intercom’s own answers', async () => {
  answer = { status: 200, body: '{"type":"list","data":[]}', type: JSON_TYPE }
  expect(await ask(createRequestClient(), url)).toEqual({ status: 200, data: { type: 'list', data: [] } })
  answer = { status: 403, body: '{"type":"error.list","errors":[{"code":"forbidden"}]}', type: JSON_TYPE }
  expect(await ask(createRequestClient(), url)).toEqual({
    status: 403,
    data: { type: 'error.list', errors: [{ code: 'forbidden' }] }
  })
})
