import { isBody, type Body } from '../http/call'
import { parameterInvalid, Refusal } from '../http/errors'
import { readPerPage } from '../http/paging'
import type { Contact, Scalar } from './entities'
import { SEARCH_GROUP_WIDTH, SEARCH_NESTING, SEARCH_PER_PAGE } from './limits'
import { ALL_OPERATORS, fieldNamed, isSupported, readSearchValue } from './search-fields'
import { matcherOf, type Matcher } from './search-matchers'
import type { Store } from './store'

/** POST /contacts/search, after S2.16: which contacts match, in which order, how many on a page. */

interface SearchPlan {
  matches: Matcher
  /** The ids of all contacts that can match; undefined without an index on the searched field. */
  ids: ReadonlySet<string> | undefined
}

export interface ContactSearch extends SearchPlan {
  compare: ((a: Contact, b: Contact) => number) | undefined
  per_page: number
  starting_after: string | undefined
}

const indexOf = (name: string, store: Store): ((value: string) => Iterable<string>) | undefined => {
  switch (name) {
    case 'id':
      return (value) => [value]
    case 'external_id':
      return (value) => store.contactIdsWithExternalId(value)
    case 'email':
      return (value) => store.contactIdsWithEmail(value)
    default:
      return undefined
  }
}

/** The ids of the contacts that have one of these values; undefined without an index on the field. */
const indexedIds = (name: string, values: readonly Scalar[], store: Store): ReadonlySet<string> | undefined => {
  const index = indexOf(name, store)
  if (!index) return undefined
  const ids = new Set<string>()
  for (const value of values) {
    // A contact without a value is in no index.
    if (typeof value !== 'string' || value === '') return undefined
    for (const id of index(value)) ids.add(id)
  }
  return ids
}

const readFilter = (filter: Body, store: Store): SearchPlan => {
  const { field: name, operator } = filter
  if (typeof name !== 'string') throw parameterInvalid('A search filter needs a field')
  if (typeof operator !== 'string' || !ALL_OPERATORS.includes(operator)) {
    throw parameterInvalid(`A search filter needs one of the operators ${ALL_OPERATORS.join(' ')}`)
  }
  if (!Object.hasOwn(filter, 'value')) throw parameterInvalid('A search filter needs a value')
  const field = fieldNamed(name, store)
  if (!isSupported(operator, field)) {
    throw parameterInvalid(`The operator ${operator} is not supported on '${name}'`)
  }
  if (operator === 'IN' || operator === 'NIN') {
    if (!Array.isArray(filter.value)) throw parameterInvalid(`${operator} needs an array of values`)
    const values = new Set(filter.value.map((value) => readSearchValue(value, field, name)))
    return {
      matches: (contact) => values.has(field.read(contact)) === (operator === 'IN'),
      ids: operator === 'IN' ? indexedIds(name, [...values], store) : undefined
    }
  }
  const value = readSearchValue(filter.value, field, name)
  return {
    matches: matcherOf(field, operator, value),
    ids: operator === '=' ? indexedIds(name, [value], store) : undefined
  }
}

/** AND needs only the smallest indexed set; OR needs the union, and every part must have an index. */
const idsOf = (operator: 'AND' | 'OR', parts: readonly SearchPlan[]): ReadonlySet<string> | undefined => {
  const sets = parts.flatMap(({ ids }) => (ids ? [ids] : []))
  if (operator === 'AND') return sets.sort((a, b) => a.size - b.size)[0]
  return sets.length === parts.length ? new Set(sets.flatMap((ids) => [...ids])) : undefined
}

const readQuery = (query: unknown, store: Store, depth = 1): SearchPlan => {
  if (!isBody(query)) throw parameterInvalid('A search needs a query object')
  if (query.operator !== 'AND' && query.operator !== 'OR') return readFilter(query, store)
  const { operator, value: group } = query
  if (depth > SEARCH_NESTING) throw parameterInvalid(`A search may nest ${SEARCH_NESTING} levels of AND and OR`)
  if (!Array.isArray(group) || group.length === 0) throw parameterInvalid(`${operator} needs an array of filters`)
  if (group.length > SEARCH_GROUP_WIDTH) {
    throw parameterInvalid(`${operator} may hold ${SEARCH_GROUP_WIDTH} filters at most`)
  }
  const parts = group.map((part) => readQuery(part, store, depth + 1))
  return {
    matches:
      operator === 'AND'
        ? (contact) => parts.every(({ matches }) => matches(contact))
        : (contact) => parts.some(({ matches }) => matches(contact)),
    ids: idsOf(operator, parts)
  }
}

/** Ascending; null comes last. */
const compareScalars = (a: Scalar, b: Scalar): number => {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  return a < b ? -1 : 1
}

const readSort = (sort: unknown, store: Store): ContactSearch['compare'] => {
  if (sort === undefined || sort === null) return undefined
  if (!isBody(sort) || typeof sort.field !== 'string') throw parameterInvalid('sort needs a field')
  const { field, order = 'descending' } = sort
  if (order !== 'ascending' && order !== 'descending') {
    throw new Refusal(
      400,
      'invalid_sort_order',
      `Invalid sort order '${String(order)}'. Must be one of: ascending, descending`
    )
  }
  const { read } = fieldNamed(field, store)
  const direction = order === 'ascending' ? 1 : -1
  return (a, b) => direction * compareScalars(read(a), read(b))
}

/** Reads the body of a search; throws a Refusal if it is not valid. */
export const readSearch = (body: Body, store: Store): ContactSearch => {
  const pagination = body.pagination ?? {}
  if (!isBody(pagination)) throw parameterInvalid('pagination must be an object')
  const { starting_after } = pagination
  if (starting_after != null && typeof starting_after !== 'string') {
    throw parameterInvalid('starting_after must be a string')
  }
  return {
    ...readQuery(body.query, store),
    compare: readSort(body.sort, store),
    per_page: readPerPage(pagination.per_page, SEARCH_PER_PAGE),
    starting_after: starting_after ?? undefined
  }
}

/** The contacts a search has to examine, in the order of the store: all active ones unless an index narrows them. */
export const candidatesOf = ({ ids }: Pick<ContactSearch, 'ids'>, store: Store): Contact[] =>
  (ids ? store.contactsInOrder(ids) : store.contacts).filter(({ status }) => status === 'active')
