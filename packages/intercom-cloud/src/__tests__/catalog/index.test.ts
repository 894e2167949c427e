import { createTestIntegration, type SegmentEvent } from '@segment/actions-core'
import definition, { intercomCloud } from '../..'
import { answerRequests, refuseOtherRequests } from '../../test-support/answer-requests'

// The tests of the destination in Segment's repository. They need nock alone (docs/into-segment.md).
refuseOtherRequests()

const NOW = Date.UTC(2024, 0, 2, 3, 4, 5)
const TIMESTAMP = '2024-01-02T03:04:05.000Z'
/** `NOW` in Unix seconds. */
const SECONDS = 1704164645

const CONTACT = { type: 'contact', id: '65a1', role: 'user', external_id: 'u1' }
const NOTHING_FOUND = { type: 'list', data: [], total_count: 0 }
const failure = (code: string, message: string) => ({ type: 'error.list', errors: [{ code, message }] })

/** A process of its own: what one test leaves in the cache, another does not find. */
const openDestination = () => createTestIntegration(intercomCloud({ now: () => NOW, sleep: () => Promise.resolve() }))

const connection = { settings: {}, auth: { accessToken: 'token', refreshToken: '' } }

const withDefaults = (event: Partial<SegmentEvent> & { type: SegmentEvent['type'] }) => ({
  event: { messageId: 'm1', timestamp: TIMESTAMP, ...event },
  useDefaultMappings: true,
  ...connection
})
const identify = withDefaults({ type: 'identify', userId: 'u1', traits: { name: 'Ada' } })
const group = withDefaults({ type: 'group', userId: 'u1', groupId: 'c1', traits: { name: 'Acme' } })
const track = withDefaults({ type: 'track', userId: 'u1', event: 'Opened', properties: {} })

const idsOfUser = {
  query: { field: 'external_id', operator: '=', value: 'u1' },
  pagination: { per_page: 150 }
}

test('keeps the name, the slug and the actions that saved connections contain', () => {
  expect([definition.name, definition.slug, definition.mode]).toEqual([
    'Intercom Cloud Mode (Actions)',
    'actions-intercom-cloud',
    'cloud'
  ])
  expect(Object.keys(definition.actions)).toEqual(['identifyContact', 'groupIdentifyContact', 'trackEvent'])
})

describe('the connection', () => {
  test('is accepted when Intercom knows the token', async () => {
    const app = { type: 'app', id_code: 'abc123', name: 'Acme', region: 'US' }
    const sent = answerRequests({ to: 'GET /me', body: { type: 'admin', id: '1', app } })
    await expect(openDestination().testAuthentication({})).resolves.toBeUndefined()
    expect(sent).toEqual([['GET /me']])
  })

  test('is refused when Intercom does not know it', async () => {
    answerRequests({ to: 'GET /me', status: 401, body: failure('unauthorized', 'Access Token Invalid') })
    await expect(openDestination().testAuthentication({})).rejects.toThrow('Credentials are invalid')
  })

  test('sends the token and the version of the API', async () => {
    const headers: Record<string, string | string[]> = {}
    answerRequests({ to: 'POST /events', status: 202, body: '', headers })
    await openDestination().testAction('trackEvent', track)
    expect([String(headers.authorization), String(headers['intercom-version'])]).toEqual(['Bearer token', '2.16'])
  })
})

describe('a contact', () => {
  test('that Intercom does not have is created', async () => {
    const sent = answerRequests(
      { to: 'POST /contacts/search', body: NOTHING_FOUND },
      { to: 'POST /contacts', body: CONTACT }
    )
    await openDestination().testAction('identifyContact', {
      ...identify,
      event: { ...identify.event, traits: { email: 'ada@example.com' } }
    })
    expect(sent[1]).toEqual([
      'POST /contacts',
      { role: 'user', external_id: 'u1', email: 'ada@example.com', last_seen_at: SECONDS }
    ])
  })

  test('that Intercom has is updated by Intercom’s id', async () => {
    const sent = answerRequests(
      {
        to: 'POST /contacts',
        status: 409,
        body: failure('conflict', 'A contact matching those details already exists with id=65a1')
      },
      { to: 'PUT /contacts/65a1', body: CONTACT }
    )
    await openDestination().testAction('identifyContact', identify)
    expect(sent.map(([operation]) => operation)).toEqual(['POST /contacts', 'PUT /contacts/65a1'])
  })

  test('is erased by Intercom’s id', async () => {
    const sent = answerRequests(
      { to: 'GET /contacts/find_by_external_id/u1', body: CONTACT },
      { to: 'POST /contacts/search', body: { ...NOTHING_FOUND, data: [CONTACT], total_count: 1 } },
      { to: 'DELETE /contacts/65a1', body: { ...CONTACT, deleted: true } }
    )
    const event = { type: 'identify' as const, userId: 'u1' }
    await openDestination().onDelete?.(event, { oauth: { access_token: 'token' } })
    expect(sent).toEqual([
      ['GET /contacts/find_by_external_id/u1'],
      ['POST /contacts/search', idsOfUser],
      ['DELETE /contacts/65a1']
    ])
  })
})

test('a company is written, and its contact attached', async () => {
  const sent = answerRequests(
    { to: 'POST /companies', body: { type: 'company', id: '65c1', company_id: 'c1', name: 'Acme' } },
    { to: 'GET /contacts/find_by_external_id/u1', body: CONTACT },
    { to: 'POST /contacts/65a1/companies', body: { type: 'company', id: '65c1', company_id: 'c1', name: 'Acme' } }
  )
  await openDestination().testAction('groupIdentifyContact', group)
  expect(sent).toEqual([
    ['POST /companies', { company_id: 'c1', name: 'Acme' }],
    ['GET /contacts/find_by_external_id/u1'],
    ['POST /contacts/65a1/companies', { id: '65c1' }]
  ])
})

describe('an event', () => {
  test('has its revenue in cents', async () => {
    const sent = answerRequests({ to: 'POST /events', status: 202, body: '' })
    const properties = { revenue: 19.99, currency: 'eur', plan: 'pro' }
    await openDestination().testAction('trackEvent', { ...track, event: { ...track.event, properties } })
    expect(sent).toEqual([
      [
        'POST /events',
        {
          event_name: 'Opened',
          created_at: SECONDS,
          user_id: 'u1',
          metadata: { price: { amount: 1999, currency: 'EUR' }, plan: 'pro' }
        }
      ]
    ])
  })

  test('of a person that Intercom does not have yet is tried again', async () => {
    answerRequests({ to: 'POST /events', status: 404, body: failure('not_found', 'User Not Found') })
    await expect(openDestination().testAction('trackEvent', track)).rejects.toMatchObject({ name: 'RetryableError' })
  })
})

test('each event of a batch has its own result', async () => {
  answerRequests(
    { to: 'POST /events', status: 202, body: '' },
    { to: 'POST /events', status: 422, body: failure('parameter_invalid', 'event_name is not valid') }
  )
  const destination = openDestination()
  const events = [track.event, { ...track.event, messageId: 'm2', userId: 'u2' }]
  await destination.testBatchAction('trackEvent', { events, useDefaultMappings: true, ...connection })
  expect(destination.results[0]?.multistatus?.map(({ status }) => status)).toEqual([200, 422])
})

test('a mapping that was saved for the catalog’s first version still works', async () => {
  const sent = answerRequests({ to: 'POST /contacts', body: CONTACT })
  await openDestination().testAction('identifyContact', {
    ...identify,
    useDefaultMappings: false,
    mapping: {
      role: 'user',
      external_id: { '@path': '$.userId' },
      name: { '@path': '$.traits.name' },
      last_seen_at: { '@path': '$.timestamp' },
      custom_attributes: { plan: { '@path': '$.traits.plan' } }
    },
    event: { ...identify.event, traits: { name: 'Ada', plan: 'pro' } }
  })
  expect(sent).toEqual([
    [
      'POST /contacts',
      { role: 'user', external_id: 'u1', name: 'Ada', last_seen_at: SECONDS, custom_attributes: { plan: 'pro' } }
    ]
  ])
})
