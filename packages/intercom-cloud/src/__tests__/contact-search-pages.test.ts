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

/** Intercom's search, played: each search is answered by the next page. */
function playSearch(pages: { people: Person[]; next?: string }[]) {
  const asked: { query: unknown; from: unknown }[] = []
  for (const { people, next } of pages)
    nock(HOST)
      .post('/contacts/search')
      .reply(200, (_uri, body: { query: unknown; pagination?: { starting_after?: string } }) => {
        asked.push({ query: body.query, from: body.pagination?.starting_after })
        const data = people.map((one) => ({ type: 'contact', role: 'user', ...one }))
        const pages = next === undefined ? { type: 'pages' } : { type: 'pages', next: { starting_after: next } }
        return { type: 'list', data, total_count: data.length, pages }
      })
  return { asked, lookup: new ContactSearch(createIntercomClient(createRequestClient(), HOST)) }
}

const idsOf = (people: readonly Person[]) => people.map(({ id }) => id)

describe('nobody is missed who stands on a later page', () => {
  test('each page is asked for from where the one before ended', async () => {
    const { asked, lookup: contactSearch } = playSearch([
      { people: [{ id: '1', email: 'a@example.com' }], next: 'p2' },
      { people: [{ id: '2', email: 'a@example.com' }], next: 'p3' },
      { people: [{ id: '3', email: 'a@example.com' }] }
    ])
    expect(idsOf(await contactSearch.find({ email: 'a@example.com' }))).toEqual(['1', '2', '3'])
    expect(asked.map(({ from }) => from)).toEqual([undefined, 'p2', 'p3'])
  })

  test('an empty page ends the search, although it names a next one', async () => {
    const { asked, lookup: contactSearch } = playSearch([
      { people: [{ id: '1', email: 'a@example.com' }], next: 'p2' },
      { people: [], next: 'p3' },
      { people: [{ id: '2', email: 'a@example.com' }], next: 'p4' }
    ])
    expect(idsOf(await contactSearch.find({ email: 'a@example.com' }))).toEqual(['1'])
    expect(asked).toHaveLength(2)
  })

  test('an empty first page ends the search, too', async () => {
    const { asked, lookup: contactSearch } = playSearch([{ people: [], next: 'p2' }, { people: [{ id: '1' }] }])
    expect(await contactSearch.find({ external_id: 'u1' })).toEqual([])
    expect(asked).toHaveLength(1)
  })

  test('a person on two pages is one person', async () => {
    const { lookup: contactSearch } = playSearch([
      { people: [{ id: '1', external_id: 'u1', email: 'a@example.com' }], next: 'p2' },
      { people: [{ id: '1', external_id: 'u1', email: 'a@example.com' }] }
    ])
    expect(idsOf(await contactSearch.find({ external_id: 'u1' }))).toEqual(['1'])
  })

  test('a person who is found by both names is one person', async () => {
    const { lookup: contactSearch } = playSearch([{ people: [{ id: '1', external_id: 'u1', email: 'a@example.com' }] }])
    await contactSearch.prefetch([{ external_id: 'u1', email: 'a@example.com' }])
    expect(idsOf(await contactSearch.find({ external_id: 'u1', email: 'a@example.com' }))).toEqual(['1'])
  })
})

describe('what one question told serves each who was asked about', () => {
  test('the address whatever its case, the external ID letter for letter, and nobody else’s', async () => {
    const { asked, lookup: contactSearch } = playSearch([
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
    expect(asked).toHaveLength(1)
  })

  test('that nobody is there is an answer, too; who was asked about by one name only is asked about again', async () => {
    const { asked, lookup: contactSearch } = playSearch([
      { people: [] },
      { people: [{ id: '1', email: 'a@example.com' }] }
    ])
    await contactSearch.prefetch([{ external_id: 'u1' }])
    expect(contactSearch.findPrefetched({ external_id: 'u1' })).toEqual([])
    expect(contactSearch.findPrefetched({ email: 'a@example.com' })).toBeUndefined()
    expect(contactSearch.findPrefetched({ external_id: 'u1', email: 'a@example.com' })).toBeUndefined()
    expect(idsOf(await contactSearch.find({ external_id: 'u1', email: 'a@example.com' }))).toEqual(['1'])
    expect(asked).toHaveLength(2)
  })

  test('external IDs that differ in case are two people', async () => {
    const { asked, lookup: contactSearch } = playSearch([
      {
        people: [
          { id: '1', external_id: 'u1' },
          { id: '2', external_id: 'U1' }
        ]
      }
    ])
    await contactSearch.prefetch([{ external_id: 'u1' }, { external_id: 'U1' }])
    expect(asked).toMatchObject([{ query: { value: [{ value: 'u1' }, { value: 'U1' }] } }])
    expect(idsOf(await contactSearch.find({ external_id: 'U1' }))).toEqual(['2'])
  })

  test('the same name is asked about once, whatever its case', async () => {
    const { asked, lookup: contactSearch } = playSearch([{ people: [] }])
    await contactSearch.prefetch([{ email: 'a@example.com' }, { email: 'A@example.com' }, { email: 'a@example.com' }])
    expect(asked).toEqual([{ query: { field: 'email', operator: '=', value: 'a@example.com' }, from: undefined }])
  })

  test('without anybody to ask about nothing is asked', async () => {
    const { asked, lookup: contactSearch } = playSearch([])
    await contactSearch.prefetch([])
    expect(asked).toEqual([])
  })
})

describe('Intercom takes fifteen filters in a group', () => {
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
  ])('%d people make one question', async (count, expected) => {
    const { asked, lookup: contactSearch } = playSearch([{ people: [] }])
    await contactSearch.prefetch(keys(count))
    expect(asked.map(({ query }) => query)).toEqual([expected])
  })
})
