import { Hono } from 'hono'
import { guard } from '../guard'

const app = new Hono()
app.use(guard(() => 4311))
app.all('*', (context) => context.text('let in'))

const own = { host: '127.0.0.1:4311' }

async function ask(path: string, headers: Record<string, string>, method = 'GET') {
  const response = await app.request(path, { method, headers })
  return [response.status, await response.text()]
}

const TO_ITSELF = '{"problems":[{"path":"","message":"This workbench answers to its own loopback address only."}]}'
const TO_OTHERS = '{"problems":[{"path":"","message":"This workbench does not answer to other sites."}]}'

test.each([
  ['its own address', '/', own],
  ['localhost', '/', { host: 'localhost:4311' }],
  ['its own page', '/api/state', { ...own, origin: 'http://127.0.0.1:4311', 'sec-fetch-site': 'same-origin' }],
  ['a typed address', '/api/state', { ...own, 'sec-fetch-site': 'none' }],
  ['a library without an origin', '/v1/track', own],
  ['a page of another local server, to track', '/v1/track', { ...own, origin: 'http://localhost:3000' }],
  ['a page of another local server, to load Analytics.js', '/cdn/a.js', { ...own, origin: 'http://localhost:3000' }],
  ['a consent page that leads back', '/connect/callback', { ...own, 'sec-fetch-site': 'cross-site' }]
])('accepts %s', async (_who, path, headers) => {
  expect(await ask(path, headers)).toEqual([200, 'let in'])
})

test.each([
  ['a name that was bent to this machine (DNS rebinding)', '/', { host: 'evil.example:4311' }, TO_ITSELF],
  ['another port', '/', { host: '127.0.0.1:80' }, TO_ITSELF],
  ['an unknown host', '/', {}, TO_ITSELF],
  ['a foreign page', '/api/state', { ...own, origin: 'https://evil.example' }, TO_OTHERS],
  ['a page without an origin of its own', '/api/state', { ...own, origin: 'null' }, TO_OTHERS],
  ['a foreign page that tracks', '/v1/track', { ...own, origin: 'https://evil.example' }, TO_OTHERS],
  ['a foreign page that loads Analytics.js', '/cdn/a.js', { ...own, origin: 'https://evil.example' }, TO_OTHERS],
  [
    'another local server’s page, beyond tracking',
    '/api/state',
    { ...own, origin: 'http://localhost:3000' },
    TO_OTHERS
  ],
  [
    'a picture of another site that plays the way back from the consent page',
    '/connect/callback',
    { ...own, 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' },
    '{"problems":[{"path":"","message":"Only a browser that comes back from the consent page is answered here."}]}'
  ],
  ['a script element of another site', '/api/state', { ...own, 'sec-fetch-site': 'cross-site' }, TO_OTHERS],
  ['a script element of another local server', '/api/state', { ...own, 'sec-fetch-site': 'same-site' }, TO_OTHERS]
])('refuses %s', async (_who, path, headers, reason) => {
  expect(await ask(path, headers)).toEqual([403, reason])
})

test('a form of another site cannot change anything, because changes need JSON', async () => {
  const form = { ...own, 'content-type': 'text/plain' }
  expect((await ask('/api/clear', form, 'POST'))[0]).toBe(415)
  expect((await ask('/api/clear', { ...own, 'content-type': 'application/json' }, 'POST'))[0]).toBe(200)
})

test('its pages run only its own files and cannot be framed by other sites', async () => {
  const { headers } = await app.request('/', { headers: own })
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
  )
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
  const tracked = await app.request('/v1/track', { headers: own })
  expect(tracked.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test('Analytics.js is readable for pages of this machine, and the rest for none', async () => {
  const headers = { ...own, origin: 'http://localhost:3000' }
  const served = await app.request('/cdn/v1/projects/a-key/settings', { headers })
  expect(served.headers.get('access-control-allow-origin')).toBe('http://localhost:3000')
  expect(served.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  const refused = await app.request('/api/state', { headers })
  expect(refused.headers.get('access-control-allow-origin')).toBeNull()
})
