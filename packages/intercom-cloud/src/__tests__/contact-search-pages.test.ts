import { createRequestClient } from '@segment/actions-core'
import nock from 'nock'
import { createIntercomClient } from '../client/intercom-client'
import { ContactSearch } from '../contacts/contact-search'
import { HOST, withoutNetwork } from '../test-support/workspace'

withoutNetwork()

interface Person {
  id: string
  role?: string
  external_id?: string
  email?: string
}

/** A mock of Intercom's search that returns the next page for each request. */
function mockSearch(pages: { people: Person[]; next?: string }[]) {
  const requests: { query: unknown; from: unknown }[] = []
  for (const { people, next } of pages)
    nock(HOST)
      .post('/contacts/search')
      .reply(200, (_uri, body: { query: unknown; pagination?: { starting_after?: string } }) => {
        requests.push({ query: body.query, from: body.pagination?.starting_after })
        const data = people.map((person) => ({ type: 'contact', role: 'user', ...person }))
        const pages = next === undefined ? { type: 'pages' } : { type: 'pages', next: { starting_after: next } }
        return { type: 'list', data, total_count: data.length, pages }
      })
  return { requests, contactSearch: new ContactSearch(createIntercomClient(createRequestClient(), HOST)) }
}

const idsOf = (people: readonly Person[]) => people.map(({ id }) => id)

describe('contacts on later pages are found', () => {
  test('requests each page with the cursor of the previous one', async () => {
    const { requests, contactSearch } = mockSearch([
      { people: [{ id: '1', email: 'a@example.com' }], next: 'p2' },
      { people: [{ id: '2', email: 'a@example.com' }], next: 'p3' },
      { people: [{ id: '3', email: 'a@example.com' }] }
    ])
    expect(idsOf(await contactSearch.find({ email: 'a@example.com' }))).toEqual(['1', '2', '3'])
    expect(requests.map(({ from }) => from)).toEqual([undefined, 'p2', 'p3'])
  })

  test('stops at an empty page, although it has a cursor', async () => {
    const { requests, contactSearch } = mockSearch([
      { people: [{ id: '1', email: 'a@example.com' }], next: 'p2' },
      { people: [], next: 'p3' },
      { people: [{ id: '2', email: 'a@example.com' }], next: 'p4' }
    ])
    expect(idsOf(await contactSearch.find({ email: 'a@example.com' }))).toEqual(['1'])
    expect(requests).toHaveLength(2)
  })

  test('stops at an empty first page', async () => {
    const { requests, contactSearch } = mockSearch([{ people: [], next: 'p2' }, { people: [{ id: '1' }] }])
    expect(await contactSearch.find({ external_id: 'u1' })).toEqual([])
    expect(requests).toHaveLength(1)
  })

  test('returns a person on two pages once', async () => {
    const { contactSearch } = mockSearch([
      { people: [{ id: '1', external_id: 'u1', email: 'a@example.com' }], next: 'p2' },
      { people: [{ id: '1', external_id: 'u1', email: 'a@example.com' }] }
    ])
    expect(idsOf(await contactSearch.find({ external_id: 'u1' }))).toEqual(['1'])
  })

  test('returns a person found by external ID and address once', async () => {
    const { contactSearch } = mockSearch([{ people: [{ id: '1', external_id: 'u1', email: 'a@example.com' }] }])
    await contactSearch.prefetch([{ external_id: 'u1', email: 'a@example.com' }])
    expect(idsOf(await contactSearch.find({ external_id: 'u1', email: 'a@example.com' }))).toEqual(['1'])
  })
})

describe('prefetched results serve each key', () => {
  test('matches addresses regardless of case and external IDs exactly', async () => {
    const { requests, contactSearch } = mockSearch([
      {
        people: [
          { id: '1', external_id: 'u1', email: 'Ada@Example.com' },
          { id: '2', external_id: 'U1', email: 'grace@example.com' }
        ]
      }
    ])
    await contactSearch.prefetch([{ external_id: 'u1' }, { email: 'ADA@example.com' }, { email: 'grace@example.com' }])
    expect(idsOf(await contactSearch.find({ external_id: 'u1' }))).toEqual(['1'])
    expect(idsOf(await contactSearch.find({ email: 'ada@EXAMPLE.com' }))).toEqual(['1'])
    expect(idsOf(await contactSearch.find({ external_id: 'u1', email: 'grace@example.com' }))).toEqual(['1', '2'])
    expect(requests).toHaveLength(1)
  })

  test('caches that no contact exists, but searches again by a key that was not prefetched', async () => {
    const { requests, contactSearch } = mockSearch([{ people: [] }, { people: [{ id: '1', email: 'a@example.com' }] }])
    await contactSearch.prefetch([{ external_id: 'u1' }])
    expect(contactSearch.findPrefetched({ external_id: 'u1' })).toEqual([])
    expect(contactSearch.findPrefetched({ email: 'a@example.com' })).toBeUndefined()
    expect(contactSearch.findPrefetched({ external_id: 'u1', email: 'a@example.com' })).toBeUndefined()
    expect(idsOf(await contactSearch.find({ external_id: 'u1', email: 'a@example.com' }))).toEqual(['1'])
    expect(requests).toHaveLength(2)
  })

  test('treats external IDs that differ in case as two people', async () => {
    const { requests, contactSearch } = mockSearch([
      {
        people: [
          { id: '1', external_id: 'u1' },
          { id: '2', external_id: 'U1' }
        ]
      }
    ])
    await contactSearch.prefetch([{ external_id: 'u1' }, { external_id: 'U1' }])
    expect(requests).toMatchObject([{ query: { value: [{ value: 'u1' }, { value: 'U1' }] } }])
    expect(idsOf(await contactSearch.find({ external_id: 'U1' }))).toEqual(['2'])
  })

  test('searches an address once, regardless of case', async () => {
    const { requests, contactSearch } = mockSearch([{ people: [] }])
    await contactSearch.prefetch([{ email: 'a@example.com' }, { email: 'A@example.com' }, { email: 'a@example.com' }])
    expect(requests).toEqual([{ query: { field: 'email', operator: '=', value: 'a@example.com' }, from: undefined }])
  })

  test('sends no request without keys', async () => {
    const { requests, contactSearch } = mockSearch([])
    await contactSearch.prefetch([])
    expect(requests).toEqual([])
  })
})

describe('Intercom allows fifteen filters in a group', () => {
  const keys = (count: number) => Array.from({ length: count }, (_, number) => ({ external_id: `u${number}` }))
  const filter = (number: number) => ({ field: 'external_id', operator: '=', value: `u${number}` })
  const filters = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => filter(from + index))

  test.each([
    [1, filter(0)],
    [2, { operator: 'OR', value: filters(0, 2) }],
    [15, { operator: 'OR', value: filters(0, 15) }],
    [
      16,
      {
        operator: 'OR',
        value: [
          { operator: 'OR', value: filters(0, 15) },
          { operator: 'OR', value: filters(15, 16) }
        ]
      }
    ]
  ])('%d people need one search', async (count, expected) => {
    const { requests, contactSearch } = mockSearch([{ people: [] }])
    await contactSearch.prefetch(keys(count))
    expect(requests.map(({ query }) => query)).toEqual([expected])
  })
})
