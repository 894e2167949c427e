import { blankContact } from '../model/contact-rules'
import { candidatesOf, readSearch } from '../model/search'
import { Store } from '../model/store'

/** The number of users in the workspace. */
const PEOPLE = 1000

const filled = () => {
  const store = new Store()
  for (let person = 0; person < PEOPLE; person += 1) {
    const blank = blankContact(`c${person}`, 0, 0)
    store.putContact({ ...blank, external_id: `u-${person}`, email: `Person${person}@example.com`, name: 'Ada' })
  }
  return store
}

const is = (field: string, value: unknown) => ({ field, operator: '=', value })
const among = (field: string, ...value: unknown[]) => ({ field, operator: 'IN', value })
const any = (...value: unknown[]) => ({ operator: 'OR', value })
const all = (...value: unknown[]) => ({ operator: 'AND', value })

describe('how many contacts a search examines', () => {
  const store = filled()
  const examined = (query: unknown) => candidatesOf(readSearch({ query }, store), store).map(({ id }) => id)

  it.each<[what: string, query: unknown, ids: string[]]>([
    ['an external id', is('external_id', 'u-7'), ['c7']],
    ['an e-mail address in another case', is('email', 'PERSON7@example.com'), ['c7']],
    ['an id of Intercom', is('id', 'c7'), ['c7']],
    ['an unknown external id', is('external_id', 'unknown'), []],
    ['a list of external ids', among('external_id', 'u-9', 'u-7', 'x'), ['c7', 'c9']],
    ['either of two keys', any(is('email', 'person9@example.com'), among('external_id', 'u-7', 'u-9')), ['c7', 'c9']],
    ['a key and something else', all(is('name', 'Ada'), is('external_id', 'u-7')), ['c7']],
    [
      'the smaller of two sets',
      all(among('external_id', 'u-1', 'u-2', 'u-3'), is('email', 'person2@example.com')),
      ['c2']
    ],
    ['an OR inside an AND', all(is('role', 'user'), any(is('id', 'c1'), is('external_id', 'u-2'))), ['c1', 'c2']]
  ])('%s', (_what, query, ids) => {
    expect(examined(query)).toEqual(ids)
  })

  it.each<[what: string, query: unknown]>([
    ['a name', is('name', 'Ada')],
    ['a key or something else', any(is('external_id', 'u-7'), is('name', 'Ada'))],
    ['another address', { field: 'email', operator: '!=', value: 'person7@example.com' }],
    ['all but these', { field: 'external_id', operator: 'NIN', value: ['u-7'] }],
    ['no address', is('email', null)],
    ['an empty value among others', among('email', 'person7@example.com', null)]
  ])('%s: all contacts', (_what, query) => {
    expect(examined(query)).toHaveLength(PEOPLE)
  })

  it('finds a contact by its new key, in the order of creation', () => {
    const changing = filled()
    const [first] = changing.contactsWithExternalId('u-1')
    if (!first) throw new Error('u-1 is missing')
    changing.putContact({ ...first, external_id: 'u-new' })
    const search = readSearch({ query: among('external_id', 'u-5', 'u-new', 'u-1') }, changing)
    expect(candidatesOf(search, changing).map(({ id }) => id)).toEqual(['c1', 'c5'])
  })
})
