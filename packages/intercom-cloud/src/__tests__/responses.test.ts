import { createEmulator } from '@intercom-destinations/emulator'
import { toRecord, toText, toUnixSeconds } from '@intercom-destinations/shared-mapping'
import { createRequestClient } from '@segment/actions-core'
import { load } from 'js-yaml'
import nock from 'nock'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { toBody, toEnvelope } from '../client/answer'
import { createIntercomClient } from '../client/intercom-client'
import { OPERATIONS, type Operation } from '../client/operations'
import type { EventBody } from '../client/types'
import { IntercomApiError } from '../client/intercom-api-error'
import {
  TRUNCATED,
  MORE_FAULTY_RESPONSES,
  openFaultyProxy,
  FAULTY_RESPONSES,
  EMPTY_SUCCESSES
} from '../test-support/faulty-proxy'
import { HOST, withoutNetwork } from '../test-support/workspace'

const paid: EventBody = { event_name: 'Paid', created_at: toUnixSeconds(1704164645) ?? fail(), user_id: 'u1' }

function fail(): never {
  throw new Error('not a time')
}

const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'success',
    (thrown: unknown) => (thrown instanceof IntercomApiError ? thrown.details : thrown)
  )

describe('over a real connection', () => {
  test('accepts only Intercom’s own responses and follows no redirect', async () => {
    const proxy = await openFaultyProxy()
    const client = createIntercomClient(createRequestClient(), proxy.url)
    for (const [title, answer] of Object.entries({ ...FAULTY_RESPONSES, ...MORE_FAULTY_RESPONSES })) {
      for (const [operation, call] of [
        ['GET /admins', () => client.findAdmins()],
        ['POST /events', () => client.submitEvent(paid)]
      ] as const) {
        // Intercom's response to an event is empty, so a blank body is a success.
        if (operation === 'POST /events' && title === '200 with blanks') continue
        proxy.replaceNext(createEmulator(), { operation, answer, isCarriedOut: false })
        const details = await failureOf(call())
        expect([title, details]).toEqual([title, expect.objectContaining({ operation, text: '' })])
        expect([title, toRecord(details)?.hasEnvelope]).toEqual([title, undefined])
      }
    }
    expect(proxy.followed()).toBe(0)
    await proxy.close()
  })

  test('rejects a body that is cut off', async () => {
    const proxy = await openFaultyProxy()
    const client = createIntercomClient(createRequestClient({ timeout: 200 }), proxy.url)
    proxy.replaceNext(createEmulator(), { operation: 'GET /me', answer: TRUNCATED, isCarriedOut: false })
    expect(await failureOf(client.findMe())).toEqual({ operation: 'GET /me', code: 'unreachable', text: '' })
    await proxy.close()
  })
})

test('an event is retried when a response never ends, although the host’s HTTP client waits for ever', async () => {
  jest.useFakeTimers()
  const client = createIntercomClient(() => new Promise<never>(() => undefined), HOST)
  const details = failureOf(client.findMe())
  await jest.advanceTimersByTimeAsync(15_000)
  expect(await details).toEqual({ operation: 'GET /me', code: 'timed_out', text: '' })
  jest.useRealTimers()
})

describe('what is accepted', () => {
  withoutNetwork()
  const client = createIntercomClient(createRequestClient(), HOST)

  test.each([
    [202, '', 'text/html'],
    [202, ' \n', 'text/html; charset=utf-8'],
    [202, '{}', 'application/json'],
    [200, '', undefined],
    [200, '{}', 'text/plain'],
    [200, '{"type":"event","id":"1"}', 'application/json']
  ])('accepts %p %p of type %p for an event', async (status, body, type) => {
    nock(HOST)
      .post('/events')
      .reply(status, body, type === undefined ? {} : { 'content-type': type })
    await expect(client.submitEvent(paid)).resolves.toBeUndefined()
  })

  test('parses JSON regardless of its content type', async () => {
    nock(HOST)
      .get('/contacts/7')
      .reply(200, '{"type":"contact","id":"7","role":"lead"}', { 'content-type': 'text/html' })
    expect(await client.findContact('7')).toEqual({ id: '7', role: 'lead' })
    nock(HOST)
      .get('/contacts/8')
      .reply(404, '{"type":"error.list","errors":[{"code":"not_found","field":"id"}]}', { 'content-type': 'text/html' })
    expect(await failureOf(client.findContact('8'))).toEqual({
      operation: 'GET /contacts/{id}',
      status: 404,
      hasEnvelope: true,
      code: 'not_found',
      text: '',
      field: 'id'
    })
  })

  test('finds a company by its own id, alone or in a list', async () => {
    nock(HOST).get('/companies?company_id=c1').reply(200, { type: 'company', id: '65', company_id: 'c1' })
    expect(await client.findCompany('c1')).toBe('65')
    nock(HOST)
      .get('/companies?company_id=c1')
      .reply(200, {
        type: 'list',
        data: [
          { id: '64', company_id: 'c0' },
          { id: '65', company_id: 'c1' }
        ]
      })
    expect(await client.findCompany('c1')).toBe('65')
    nock(HOST)
      .get('/companies?company_id=c1')
      .reply(200, { type: 'list', data: [{ id: '64', company_id: 'c0' }] })
    expect(await failureOf(client.findCompany('c1'))).toMatchObject({ code: 'unreadable_answer' })
  })
})

describe('responses must have the documented shape', () => {
  withoutNetwork()
  const client = createIntercomClient(createRequestClient(), HOST)
  const search = () => client.searchContacts({ field: 'email', operator: '=', value: 'ada@example.com' })

  test.each([
    ['a list of no list', { data: {} }],
    ['a list without its items', { type: 'list', total_count: 1 }],
    ['an item without an id', { data: [{ id: '1' }, { role: 'user' }] }],
    ['an item that is null', { data: [null] }],
    ['a blank id', { data: [{ id: ' ' }] }],
    ['an id that is an object', { data: [{ id: {} }] }],
    ['pages that cannot be read', { data: [{ id: '1' }], pages: 'https://api.intercom.io/contacts?page=2' }],
    ['a next page that cannot be read', { data: [{ id: '1' }], pages: { next: 2 } }],
    ['a cursor that cannot be read', { data: [{ id: '1' }], pages: { next: { starting_after: ['x'] } } }]
  ])('a search: %s', async (_title, body) => {
    nock(HOST).post('/contacts/search').reply(200, body)
    expect(await failureOf(search())).toMatchObject({ code: 'unreadable_answer' })
  })

  test.each([
    [
      'attributes',
      () => client.findAttributes('contact'),
      '/data_attributes?model=contact',
      { data: [{ data_type: 'string' }] }
    ],
    ['attributes', () => client.findAttributes('contact'), '/data_attributes?model=contact', { data: null }],
    ['tags', () => client.findTags(), '/tags', { data: [{ name: 'vip' }] }],
    ['tags', () => client.findTags(), '/tags', { type: 'list' }],
    ['teammates', () => client.findAdmins(), '/admins', { type: 'admin.list' }],
    ['teammates', () => client.findAdmins(), '/admins', { admins: [7] }],
    ['me', () => client.findMe(), '/me', { type: 'admin' }],
    ['a contact', () => client.findContact('7'), '/contacts/7', { type: 'contact', id: null }]
  ])('%s', async (_title, call, where, body) => {
    nock(HOST).get(where).reply(200, body)
    expect(await failureOf(call())).toMatchObject({ status: 200, code: 'unreadable_answer' })
  })
})

describe('paging always ends', () => {
  withoutNetwork()
  const client = createIntercomClient(createRequestClient(), HOST)
  const search = () => client.searchContacts({ field: 'email', operator: '=', value: 'ada@example.com' })
  const answerPages = (toPage: (index: number) => { ids: string[]; next?: string | null }) => {
    let requestCount = 0
    nock(HOST)
      .persist()
      .post('/contacts/search')
      .reply(() => {
        const { ids, next } = toPage(requestCount++)
        return [200, { type: 'list', data: ids.map((id) => ({ id })), pages: { next: { starting_after: next } } }]
      })
    return () => requestCount
  }

  test('rejects a cursor that was used before', async () => {
    const requestCount = answerPages(() => ({ ids: ['1'], next: 'a' }))
    expect(await failureOf(search())).toMatchObject({ code: 'unreadable_answer' })
    expect(requestCount()).toBe(2)
  })

  test('rejects a cycle of cursors', async () => {
    const requestCount = answerPages((index) => ({ ids: ['1'], next: ['a', 'b', 'c'][index % 3] ?? 'a' }))
    expect(await failureOf(search())).toMatchObject({ code: 'unreadable_answer' })
    expect(requestCount()).toBe(4)
  })

  test('rejects an endless list of pages', async () => {
    const requestCount = answerPages((index) => ({ ids: [String(index + 1)], next: `cursor ${index}` }))
    expect(await failureOf(search())).toMatchObject({ code: 'unreadable_answer' })
    expect(requestCount()).toBe(50)
  })

  test('stops at an empty page and at a page whose cursor is null', async () => {
    answerPages((index) => (index === 0 ? { ids: ['1', '2'], next: 'a' } : { ids: [], next: 'b' }))
    expect((await search()).map(({ id }) => id)).toEqual(['1', '2'])
    nock.cleanAll()
    answerPages((index) => (index === 0 ? { ids: ['1'], next: 'a' } : { ids: ['2'], next: null }))
    expect((await search()).map(({ id }) => id)).toEqual(['1', '2'])
  })
})

const DATA = path.resolve(__dirname, '../../../../../shared/data')
const RECORDINGS = path.join(DATA, 'intercom-recordings.json')
const OPENAPI = path.join(DATA, 'intercom-openapi-2.16.yaml')
const isThere = existsSync(RECORDINGS) && existsSync(OPENAPI)
const toItems = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const operations: Operation<unknown>[] = Object.values(OPERATIONS)

/** `GET /contacts/{}`, independent of the names of parameters. */
const toPattern = (name: string) => name.replace(/\?.*$/, '').replace(/\{\w+\}/g, '{}')

function isAccepted({ statuses, read }: Operation<unknown>, status: number, reply: unknown): boolean {
  const company_id = toText(toRecord(toItems(toRecord(reply)?.data)[0])?.company_id) ?? 'c1'
  const user = toText(toRecord(reply)?.id) ?? 'u1'
  return statuses.includes(status) && read(toBody({ data: reply }), { company_id, user }) !== undefined
}

describe(`all of Intercom’s own responses are accepted${isThere ? '' : ' (skipped: the folder with them is absent)'}`, () => {
  const testWhereThere = isThere ? test : test.skip

  testWhereThere('those that were recorded', () => {
    const seen = new Set<string>()
    for (const item of toItems(JSON.parse(readFileSync(RECORDINGS, 'utf8')))) {
      const { method, path: where, status, reply } = toRecord(item) ?? {}
      const place = `${toText(method) ?? ''} ${toText(where) ?? ''}`
      const code = Number(status)
      if (code >= 400) {
        expect([place, toEnvelope({ status: code, data: reply })?.code]).toEqual([place, expect.any(String)])
        continue
      }
      for (const operation of operations) {
        const pattern = new RegExp(`^${toPattern(operation.name).replaceAll('{}', '[^/]+')}$`)
        if (!pattern.test(place)) continue
        seen.add(operation.name)
        expect([place, isAccepted(operation, code, reply)]).toEqual([place, true])
      }
    }
    expect(seen.size).toBeGreaterThan(9)
  })

  testWhereThere('those that are documented', () => {
    const paths = toRecord(toRecord(load(readFileSync(OPENAPI, 'utf8')))?.paths) ?? {}
    const documented = Object.entries(paths).flatMap(([where, methods]) =>
      Object.entries(toRecord(methods) ?? {}).map(([method, one]) => ({
        pattern: toPattern(`${method.toUpperCase()} ${where}`),
        responses: Object.entries(toRecord(toRecord(one)?.responses) ?? {})
      }))
    )
    for (const operation of operations) {
      const mine = documented.find(({ pattern }) => pattern === toPattern(operation.name))
      expect([operation.name, mine?.responses.length]).toEqual([operation.name, expect.any(Number)])
      for (const [status, response] of mine?.responses ?? []) {
        const content = Object.values(toRecord(toRecord(response)?.content) ?? {})
        const examples = content.flatMap((one) => Object.values(toRecord(toRecord(one)?.examples) ?? {}))
        const replies = examples.map((example) => toRecord(example)?.value)
        for (const reply of replies.length === 0 && Number(status) < 300 ? [undefined] : replies) {
          const isRight =
            Number(status) < 300
              ? isAccepted(operation, Number(status), reply)
              : toEnvelope({ status: Number(status), data: reply }) !== undefined
          expect([operation.name, status, reply, isRight]).toEqual([operation.name, status, reply, true])
        }
      }
    }
  })
})

test('empty successes are accepted only for operations whose response is not used', () => {
  const taking = operations.filter(({ read }) => read({ kind: 'blank' }, {}) !== undefined).map(({ name }) => name)
  expect(taking).toEqual([
    'POST /contacts/{id}/archive',
    'POST /contacts/{id}/unarchive',
    'DELETE /contacts/{id}',
    'POST /contacts/{contact}/companies',
    'DELETE /contacts/{contact}/companies/{company}',
    'POST /events',
    'POST /contacts/{contact}/tags',
    'DELETE /contacts/{contact}/tags/{tag}',
    'POST /tags',
    'POST /tags',
    'POST /tags',
    'POST /tags',
    'POST /contacts/{contact}/subscriptions',
    'DELETE /contacts/{contact}/subscriptions/{subscription}',
    'POST /data_attributes'
  ])
  expect(Object.keys(EMPTY_SUCCESSES)).toHaveLength(2)
})
