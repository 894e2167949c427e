import { createRequestClient, Destination, transform, type JSONObject } from '@segment/actions-core'
import nock from 'nock'
import definition, { describeWorkspace, intercomCloud } from '..'
import { replay } from '../test-support/replay'
import { deliver, HOST, openWorkspace, toEvent, toSettings, withoutNetwork } from '../test-support/workspace'

withoutNetwork()

const identify = { type: 'identify', userId: 'u1', traits: {} } as const

describe('the catalog contract (docs/catalog-contract.md)', () => {
  test('name, slug, mode, scheme, setting', () => {
    expect(definition).toMatchObject({
      name: 'Intercom Cloud Mode (Actions)',
      slug: 'actions-intercom-cloud',
      mode: 'cloud',
      authentication: { scheme: 'oauth2' }
    })
    const { region, ...others } = definition.authentication?.fields ?? {}
    expect(others).toEqual({})
    expect(region).toMatchObject({ type: 'string', default: 'auto' })
    expect(region?.required).toBeUndefined()
    expect(region?.choices?.map(({ value }) => value)).toEqual(['auto', 'us', 'eu', 'au'])
  })

  test('presets that work without changes', () => {
    expect(
      definition.presets.map((preset) => [preset.name, preset.partnerAction, 'subscribe' in preset && preset.subscribe])
    ).toEqual([
      ['Identify Contact', 'identifyContact', 'type = "identify"'],
      ['Identify Company', 'groupIdentifyContact', 'type = "group"'],
      ['Track Event', 'trackEvent', 'type = "track"']
    ])
  })

  const fieldsOf = (action: keyof typeof definition.actions) =>
    Object.fromEntries(
      Object.entries(definition.actions[action].fields).map(([key, field]) => [
        key,
        `${field.type}${field.multiple ? '[]' : ''}${field.required ? '*' : ''}`
      ])
    )

  test('identifyContact: keys and types', () => {
    expect(fieldsOf('identifyContact')).toEqual({
      role: 'string*',
      external_id: 'string',
      use_anonymous_id: 'string',
      anonymous_id: 'string',
      email: 'string',
      phone: 'string',
      name: 'string',
      avatar: 'string',
      signed_up_at: 'string',
      last_seen_at: 'string',
      owner_id: 'string',
      owner_email: 'string',
      unsubscribed_from_emails: 'string',
      custom_attributes: 'object',
      nested_values: 'string',
      company_traits: 'object',
      include_context: 'string',
      context_attributes: 'object',
      active: 'string',
      unknown_attributes: 'string',
      unchanged_values: 'string',
      subscriptions: 'object',
      convert_visitor: 'string',
      visitor_id: 'string',
      tags_to_add: 'string[]',
      tags_to_remove: 'string[]',
      tags_from_traits: 'string',
      tags_in_traits: 'object',
      enable_batching: 'boolean',
      batch_size: 'number',
      event_time: 'string'
    })
  })

  test('groupIdentifyContact: keys and types', () => {
    expect(definition.actions.groupIdentifyContact.title).toBe('Identify Company')
    expect(fieldsOf('groupIdentifyContact')).toEqual({
      remote_created_at: 'string',
      external_id: 'string',
      use_anonymous_id: 'string',
      anonymous_id: 'string',
      email: 'string',
      company_id: 'string*',
      contact_id: 'string',
      name: 'string',
      plan: 'string',
      website: 'string',
      industry: 'string',
      monthly_spend: 'string',
      size: 'string',
      custom_attributes: 'object',
      nested_values: 'string',
      active: 'string',
      unknown_attributes: 'string',
      unchanged_values: 'string',
      tags_to_add: 'string[]',
      tags_to_remove: 'string[]',
      tags_from_traits: 'string',
      tags_in_traits: 'object',
      enable_batching: 'boolean',
      batch_size: 'number',
      event_time: 'string'
    })
  })

  test('trackEvent: keys and types', () => {
    expect(fieldsOf('trackEvent')).toEqual({
      event_name: 'string*',
      created_at: 'datetime*',
      user_id: 'string',
      use_anonymous_id: 'string',
      anonymous_id: 'string',
      email: 'string',
      revenue: 'string',
      currency: 'string',
      id: 'string',
      metadata: 'object',
      nested_values: 'string',
      unknown_contact: 'string',
      allowed_event_names: 'string[]',
      enable_batching: 'boolean',
      batch_size: 'number',
      event_time: 'string'
    })
  })

  test('no field has a format, and every field has a description', () => {
    for (const { fields } of Object.values(definition.actions))
      for (const field of Object.values(fields)) {
        expect(field.format).toBeUndefined()
        expect(field.label).not.toBe('')
        expect(field.description).not.toBe('')
      }
  })

  test('defaults that differ from the web half', () => {
    const { identifyContact, groupIdentifyContact, trackEvent } = definition.actions
    expect(identifyContact.fields.role?.default).toBe('user')
    expect(identifyContact.fields.external_id?.default).toEqual({ '@path': '$.userId' })
    const company = { traits: { email: 'info@acme.example' }, context: { traits: { email: 'ada@example.com' } } }
    expect(groupIdentifyContact.fields.contact_id).not.toHaveProperty('default')
    const emailOf = (action: string, properties: JSONObject) => {
      const preset = definition.presets.find(({ partnerAction }) => partnerAction === action)
      return transform(preset?.mapping ?? {}, { ...company, properties }).email
    }
    expect(emailOf('groupIdentifyContact', {})).toBe('ada@example.com')
    expect(emailOf('trackEvent', { email: 'grace@example.com' })).toBe('grace@example.com')
    expect(emailOf('trackEvent', {})).toBe('ada@example.com')
    expect(trackEvent.fields.unknown_contact?.default).toBe('retry')
    for (const action of [identifyContact, groupIdentifyContact, trackEvent]) {
      expect(action.fields.enable_batching?.default).toBe(true)
      expect(action.fields.batch_size).toMatchObject({ default: 100, unsafe_hidden: true })
      expect(action.fields.event_time).toMatchObject({ default: { '@path': '$.timestamp' }, unsafe_hidden: true })
    }
    for (const action of [identifyContact, groupIdentifyContact]) {
      expect(action.fields.active?.default).toEqual({ '@path': '$.context.active' })
      expect(action.fields.unknown_attributes?.default).toBe('leave_out')
    }
  })
})

describe('every request', () => {
  test('has the headers version, accept and token', async () => {
    const { emulator } = openWorkspace({ token: 'test-access-token' })
    await deliver({ ...identify, traits: { email: 'ada@example.com', company: { id: 'c1', name: 'Acme' } } })
    await deliver({ type: 'track', userId: 'u1', event: 'Opened' })
    expect(emulator.requests).toHaveLength(5)
    for (const { headers, status } of emulator.requests) {
      expect(status).toBeLessThan(300)
      expect(headers).toMatchObject({ 'intercom-version': '2.16', accept: 'application/json' })
    }
  })

  test.each([
    [undefined, 'https://api.intercom.io'],
    ['auto', 'https://api.intercom.io'],
    ['us', 'https://api.intercom.io'],
    ['eu', 'https://api.eu.intercom.io'],
    ['au', 'https://api.au.intercom.io']
  ])('region %p is sent to %s', async (region, host) => {
    nock(host).post('/contacts').reply(200, { id: '65' })
    await deliver(identify, { settings: region === undefined ? {} : { region } })
    expect(nock.pendingMocks()).toEqual([])
  })

  test('rejects an unknown region, and has no setting for a host', async () => {
    await expect(deliver(identify, { settings: { region: 'evil.example' } })).rejects.toMatchObject({ status: 400 })
    nock(HOST).post('/contacts').reply(200, { id: '65' })
    await deliver(identify, { settings: { restHost: 'https://evil.example', host: 'https://evil.example' } })
    expect(nock.pendingMocks()).toEqual([])
  })

  test('a definition with another host uses it', async () => {
    const scope = nock('http://127.0.0.1:4010').post('/contacts').reply(200, { id: '65' })
    const local = new Destination(intercomCloud({ restHost: 'http://127.0.0.1:4010/' }))
    await local.onEvent(toEvent(identify), toSettings())
    expect(scope.isDone()).toBe(true)
  })

  test('an invalid token is not quoted in an error', async () => {
    const { emulator } = openWorkspace()
    const settings = { ...toSettings(), oauth: { access_token: 'secret\u{1F511}token' } }
    const thrown: unknown = await new Destination(definition).onEvent(toEvent(identify), settings).catch(String)
    expect(thrown).toContain('Connect the workspace again')
    expect(thrown).not.toContain('secret')
    expect(emulator.requests).toMatchObject([{ status: 401 }])
  })
})

describe('connecting', () => {
  const destination = new Destination(definition)
  const check = (settings = {}) => destination.testAuthentication({ ...toSettings(), ...settings })

  test('an accepted token', async () => {
    const operations = replay('authentication', 'accepted')
    await expect(check()).resolves.toBeUndefined()
    expect(operations).toEqual(['GET /me'])
  })

  test.each([
    ['revoked', 'Credentials are invalid:  the access token was revoked in Intercom. Connect the workspace again.'],
    ['invalid', 'does not accept the access token'],
    ['blocked', 'has blocked the access token'],
    ['absent', 'no access token was sent'],
    ['missing scope', 'Credentials are invalid:  the token is accepted, but a scope is missing.'],
    ['no plan', 'plan does not include the API'],
    [
      'unavailable',
      'Credentials are invalid:  they could not be checked, because Intercom is unavailable at the moment (503).'
    ],
    ['throttled', 'unavailable at the moment (429)'],
    ['unexpected', 'refused to identify the workspace (404 not_found)']
  ])('%s', async (title, text) => {
    replay('authentication', title)
    await expect(check()).rejects.toThrow(text)
  })

  test('Intercom cannot be reached', async () => {
    nock(HOST).get('/me').replyWithError('getaddrinfo ENOTFOUND')
    await expect(check()).rejects.toThrow('unavailable at the moment (no answer)')
  })

  test.each([
    [200, '<html>Sign in</html>'],
    [200, '{}'],
    [200, 'null'],
    [302, ''],
    [401, '<html>Sign in</html>'],
    [403, ''],
    [404, '{"message":"no route"}']
  ])('a proxy answers %p %p: the token is not blamed', async (status, body) => {
    nock(HOST)
      .get('/me')
      .reply(status, body, { 'content-type': 'application/json', location: `${HOST}/elsewhere` })
    await expect(check()).rejects.toThrow(`something other than Intercom answered (${status})`)
  })

  test('reports a workspace in another region than the setting', async () => {
    nock('https://api.au.intercom.io')
      .get('/me')
      .reply(200, { app: { region: 'EU' } })
    await expect(check({ region: 'au' })).rejects.toThrow(
      'Credentials are invalid:  the workspace is hosted in EU, but the Region setting says AU.'
    )
  })

  test('a 401 about a value fails the event, not the connection', async () => {
    const { emulator } = openWorkspace({ seed: { contacts: [{ role: 'user', external_id: 'user-1' }] } })
    const errors = [{ code: 'parameter_invalid', message: 'event_name is too long' }]
    emulator.fault({ match: { path: '/events' }, status: 401, body: { type: 'error.list', errors } })
    const track = { type: 'track', userId: 'user-1', event: 'Paid' } as const
    await expect(deliver(track)).rejects.toMatchObject({ name: 'IntegrationError', status: 400 })
    await expect(deliver(track)).resolves.toMatchObject({ losses: [] })
  })

  test('a 401 during delivery explains how to reconnect', async () => {
    const { emulator, operations } = openWorkspace()
    emulator.fault({ status: 401 })
    await expect(deliver(identify)).rejects.toMatchObject({
      name: 'InvalidAuthenticationError',
      status: 401,
      message: expect.stringContaining('Intercom’s tokens do not expire and cannot be refreshed.')
    })
    expect(operations()).toEqual(['POST /contacts'])
  })
})

describe('describeWorkspace', () => {
  const request = createRequestClient(definition.extendRequest({ auth: { accessToken: 'tok' } }))

  test('name, id and region', async () => {
    replay('authentication', 'accepted in Europe')
    expect(await describeWorkspace(request)).toEqual({ name: 'Acme', id: 'abc123', region: 'eu' })
  })

  test('throws Segment’s errors', async () => {
    replay('authentication', 'revoked')
    await expect(describeWorkspace(request)).rejects.toMatchObject({ name: 'InvalidAuthenticationError', status: 401 })
  })

  test('on another host, which no setting can choose', async () => {
    nock('http://127.0.0.1:4010')
      .get('/me')
      .reply(200, { app: { name: 'Local' } })
    expect(await describeWorkspace(request, {}, { restHost: 'http://127.0.0.1:4010' })).toMatchObject({ name: 'Local' })
    replay('authentication', 'accepted')
    const stored = { region: 'auto', restHost: 'https://evil.example' }
    expect(await describeWorkspace(request, stored)).toMatchObject({ name: 'Acme' })
  })

  test('on the host of a region', async () => {
    nock('https://api.eu.intercom.io').get('/me').reply(200, { app: {} })
    expect(await describeWorkspace(request, { region: 'eu' })).toEqual({
      name: undefined,
      id: undefined,
      region: undefined
    })
  })
})

describe('deleting', () => {
  const destination = new Destination(definition)
  const erase = (userId: string | null) =>
    destination.onDelete?.(toEvent({ type: 'identify', userId, anonymousId: 'a1' }), toSettings())
  const archived = 'Intercom cannot look up archived contacts: delete an archived one by hand, in Intercom.'
  const id = '6530d5b2c9a5f3a1b2c3d4e5'
  const id2 = '6530d5b2c9a5f3a1b2c3d4e6'
  const find = ['GET /contacts/find_by_external_id/user-1', 'POST /contacts/search']

  test.each([
    ['one', 'user-1', 1, [...find, `DELETE /contacts/${id}`]],
    ['several', 'user-1', 2, [...find, `DELETE /contacts/${id}`, `DELETE /contacts/${id2}`]],
    ['none', 'user-1', 0, find],
    ['deleted already', 'user-1', 0, [...find, `DELETE /contacts/${id}`]],
    [
      'an id that needs encoding',
      'a/b?c@d.e',
      1,
      ['GET /contacts/find_by_external_id/a%2Fb%3Fc%40d.e', 'POST /contacts/search', `DELETE /contacts/${id}`]
    ],
    [
      'an id that cannot be in a path',
      '..',
      1,
      ['POST /contacts/search', 'POST /contacts/search', `DELETE /contacts/${id}`]
    ]
  ])('%s', async (title, userId, deleted, expected) => {
    const operations = replay('deletion', title)
    expect(await erase(userId)).toMatchObject({ deleted, output: expect.stringContaining(archived) })
    expect(operations).toEqual(expected)
    expect(nock.pendingMocks()).toEqual([])
  })

  test('reports that no contact was found', async () => {
    replay('deletion', 'none')
    expect(await erase('user-1')).toEqual({
      deleted: 0,
      output: `Nothing was deleted: no contact in Intercom carries this user id. ${archived}`
    })
  })

  test('a user id with spaces around it is another user id', async () => {
    const { emulator } = openWorkspace({
      seed: {
        contacts: [
          { role: 'user', external_id: 'sp' },
          { role: 'user', external_id: ' sp ' }
        ]
      }
    })
    expect(await erase(' sp ')).toMatchObject({ deleted: 1 })
    expect(emulator.state.contacts.map(({ external_id, status }) => [external_id, status])).toEqual([
      ['sp', 'active'],
      [' sp ', 'deleted']
    ])
  })

  test.each([[null], [''], [' ']])('without a user id (%p) sends no request and reports it', async (userId) => {
    const { operations } = openWorkspace()
    expect(await erase(userId)).toMatchObject({ deleted: 0, output: expect.stringContaining('names no user id') })
    expect(operations()).toEqual([])
  })

  test('does not delete a lead by its random external ID', async () => {
    const { emulator } = openWorkspace({ seed: { contacts: [{ role: 'lead', email: 'ada@example.com' }] } })
    expect(await erase('user-1')).toMatchObject({ deleted: 0 })
    expect(emulator.state.contacts).toMatchObject([{ status: 'active' }])
  })

  test('unavailable: retried', async () => {
    replay('deletion', 'unavailable')
    await expect(erase('user-1')).rejects.toMatchObject({ name: 'RetryableError', status: 503 })
  })

  test('revoked: explains how to reconnect', async () => {
    replay('deletion', 'revoked')
    await expect(erase('user-1')).rejects.toThrow('Connect the workspace again')
  })
})
