import definition from '../..'
import { answerRequests, refuseOtherRequests } from '../../test-support/answer-requests'
import { connection, CONTACT, openDestination, toCall, toErrors, toFound } from '../../test-support/test-destination'

// The tests of `catalog` go to Segment's repository (docs/into-segment.md). They need nock alone.
refuseOtherRequests()

const track = toCall({ type: 'track', userId: 'u1', event: 'Opened', properties: {} })

test('keeps the name, the slug and the actions that saved connections contain', () => {
  expect([definition.name, definition.slug, definition.mode]).toEqual([
    'Intercom Cloud Mode (Actions)',
    'actions-intercom-cloud',
    'cloud'
  ])
  expect(Object.keys(definition.actions)).toEqual([
    'identifyContact',
    'groupIdentifyContact',
    'trackEvent',
    'audienceToTag',
    'archiveContact'
  ])
})

describe('the connection', () => {
  test('is accepted when Intercom knows the token', async () => {
    const app = { type: 'app', id_code: 'abc123', name: 'Acme', region: 'US' }
    const sent = answerRequests({ to: 'GET /me', body: { type: 'admin', id: '1', app } })
    await expect(openDestination().testAuthentication({})).resolves.toBeUndefined()
    expect(sent).toEqual([['GET /me']])
  })

  test('is refused when Intercom does not know it', async () => {
    answerRequests({ to: 'GET /me', status: 401, body: toErrors('unauthorized', 'Access Token Invalid') })
    await expect(openDestination().testAuthentication({})).rejects.toThrow('Credentials are invalid')
  })

  test('sends the token and the version of the API', async () => {
    const headers: Record<string, string | string[]> = {}
    answerRequests({ to: 'POST /events', status: 202, body: '', headers })
    await openDestination().testAction('trackEvent', track)
    expect([String(headers.authorization), String(headers['intercom-version'])]).toEqual(['Bearer token', '2.16'])
  })
})

test('a contact is erased by Intercom’s id', async () => {
  const sent = answerRequests(
    { to: 'GET /contacts/find_by_external_id/u1', body: CONTACT },
    { to: 'POST /contacts/search', body: toFound(CONTACT) },
    { to: 'DELETE /contacts/65a1', body: { ...CONTACT, deleted: true } }
  )
  await openDestination().onDelete?.({ type: 'identify', userId: 'u1' }, { oauth: { access_token: 'token' } })
  expect(sent.map(([operation]) => operation)).toEqual([
    'GET /contacts/find_by_external_id/u1',
    'POST /contacts/search',
    'DELETE /contacts/65a1'
  ])
})

test('each event of a batch has its own result', async () => {
  answerRequests(
    { to: 'POST /events', status: 202, body: '' },
    { to: 'POST /events', status: 422, body: toErrors('parameter_invalid', 'event_name is not valid') }
  )
  const destination = openDestination()
  const events = [track.event, { ...track.event, messageId: 'm2', userId: 'u2' }]
  await destination.testBatchAction('trackEvent', { events, useDefaultMappings: true, ...connection })
  expect(destination.results[0]?.multistatus?.map(({ status }) => status)).toEqual([200, 422])
})
