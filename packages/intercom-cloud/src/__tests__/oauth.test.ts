import nock from 'nock'
import { authorizationUrl, exchangeCode } from '..'
import { replay } from '../test-support/replay'
import { openWorkspace, withoutNetwork } from '../test-support/workspace'

withoutNetwork()

test.each([
  [undefined, 'https://app.intercom.com/oauth?client_id=id&state=s'],
  ['auto', 'https://app.intercom.com/oauth?client_id=id&state=s'],
  ['eu', 'https://app.eu.intercom.com/oauth?client_id=id&state=s'],
  ['au', 'https://app.au.intercom.com/oauth?client_id=id&state=s']
])('the authorization page of region %p', (region, expected) => {
  expect(authorizationUrl({ clientId: 'id', state: 's', ...(region === undefined ? {} : { region }) })).toBe(expected)
})

test('encodes its parameters', () => {
  expect(authorizationUrl({ clientId: 'a&b', state: 'x=y', redirectUri: 'https://example.com/back?to=1' })).toBe(
    'https://app.intercom.com/oauth?client_id=a%26b&state=x%3Dy&redirect_uri=https%3A%2F%2Fexample.com%2Fback%3Fto%3D1'
  )
})

const exchange = { clientId: 'client', clientSecret: 'secret', code: 'abc123' }

test('exchanges a code with the = at its end', async () => {
  replay('oauth', 'exchanged')
  expect(await exchangeCode({ ...exchange, code: 'abc123==' })).toEqual({ accessToken: 'tok' })
  expect(nock.pendingMocks()).toEqual([])
})

test('the emulator accepts the complete code only', async () => {
  openWorkspace({ token: 'tok', oauth: { clientId: 'client', clientSecret: 'secret', code: 'abc=' } })
  expect(await exchangeCode({ ...exchange, code: 'abc=' })).toEqual({ accessToken: 'tok' })
  await expect(exchangeCode({ ...exchange, code: 'abc' })).rejects.toThrow('may end in “=”')
})

test('a rejected code', async () => {
  replay('oauth', 'refused')
  await expect(exchangeCode(exchange)).rejects.toMatchObject({
    name: 'InvalidAuthenticationError',
    message: expect.not.stringContaining('abc123')
  })
})

test.each([
  ['unavailable', 502],
  ['without a token', 503]
])('%s: retried', async (title, status) => {
  replay('oauth', title)
  await expect(exchangeCode(exchange)).rejects.toMatchObject({ name: 'RetryableError', status })
})

test('no answer', async () => {
  nock('https://api.intercom.io').post('/auth/eagle/token').replyWithError('getaddrinfo ENOTFOUND')
  await expect(exchangeCode(exchange)).rejects.toMatchObject({ name: 'RetryableError', status: 503 })
})

test.each([
  [302, ''],
  [200, '<html>Sign in</html>'],
  [200, 'null'],
  [200, '{"access_token":{"a":1}}'],
  [200, '{"access_token":" "}'],
  [204, ''],
  [401, '<html>Sign in</html>'],
  [404, '']
])('a proxy answers %p %p: no token, and the code is not blamed', async (status, body) => {
  const headers = { 'content-type': 'application/json', location: 'https://api.intercom.io/elsewhere' }
  nock('https://api.intercom.io')
    .post('/auth/eagle/token')
    .reply(status, body, headers)
    .get('/elsewhere')
    .reply(200, { access_token: 'stolen' })
  await expect(exchangeCode(exchange)).rejects.toMatchObject({ name: 'RetryableError', status: 503 })
})
