import { isBody, type Body } from '../http/call'
import type { Contact, Scalar } from './entities'
import { notEmulated, parameterInvalid, Refusal } from '../http/errors'
import { SEARCH_GROUP_WIDTH, SEARCH_NESTING, SEARCH_PER_PAGE } from './limits'
import { readPerPage } from '../http/paging'
import type { Store } from './store'

/** POST /contacts/search, after S2.16: which contacts a query means, in which order, how many at a time. */

type Matcher = (contact: Contact) => boolean

/** What a query means: whether a contact is meant, and where an index knows it, the ids of all that can be. */
interface Plan {
  matches: Matcher
  ids: ReadonlySet<string> | undefined
}

type Kind = 'text' | 'number' | 'boolean' | 'date' | 'tag'

interface Field {
  kind: Kind
  read: (contact: Contact) => Scalar
}

export interface ContactSearch extends Plan {
  compare: ((a: Contact, b: Contact) => number) | undefined
  per_page: number
  starting_after: string | undefined
}

const DAY_SECONDS = 24 * 60 * 60

const text = (read: Field['read']): Field => ({ kind: 'text', read })
const date = (read: Field['read']): Field => ({ kind: 'date', read })
const flag = (read: Field['read']): Field => ({ kind: 'boolean', read })
const never = () => null

/** S2.16, "Accepted Fields". What no emulated operation ever fills is searchable and empty. */
const FIELDS = new Map<string, Field>([
  ['id', text((contact) => contact.id)],
  ['role', text((contact) => contact.role)],
  ['name', text((contact) => contact.name)],
  ['avatar', text((contact) => contact.avatar)],
  ['owner_id', text((contact) => contact.owner_id)],
  ['email', text((contact) => contact.email?.toLowerCase() || null)],
  ['email_domain', text((contact) => contact.email?.toLowerCase().split('@')[1] ?? null)],
  ['phone', text((contact) => contact.phone)],
  ['formatted_phone', text((contact) => contact.phone)],
  ['external_id', text((contact) => contact.external_id)],
  ['created_at', date((contact) => contact.created_at)],
  ['updated_at', date((contact) => contact.updated_at)],
  ['signed_up_at', date((contact) => contact.signed_up_at)],
  ['last_seen_at', date((contact) => contact.last_seen_at)],
  ['last_contacted_at', date(never)],
  ['last_replied_at', date(never)],
  ['last_email_opened_at', date(never)],
  ['last_email_clicked_at', date(never)],
  ['language_override', text(never)],
  ['browser', text(never)],
  ['browser_language', text(never)],
  ['os', text(never)],
  ['location.country', text(never)],
  ['location.region', text(never)],
  ['location.city', text(never)],
  ['unsubscribed_from_emails', flag((contact) => contact.unsubscribed_from_emails)],
  ['marked_email_as_spam', flag(() => false)],
  ['has_hard_bounced', flag(() => false)],
  ['tag_id', { kind: 'tag', read: never }]
])

/** Fields Intercom knows and this emulator keeps nothing for. */
const NOT_EMULATED = /^(segment_id$|ios_|android_|andoid_)/

const CUSTOM = 'custom_attributes.'

const OPERATORS: Readonly<Record<Kind, readonly string[]>> = {
  text: ['=', '!=', 'IN', 'NIN', '~', '!~', '^', '$'],
  number: ['=', '!=', 'IN', 'NIN', '<', '>', '<=', '>='],
  boolean: ['=', '!=', 'IN', 'NIN'],
  date: ['=', '<', '>'],
  tag: ['=', '!=']
}

const ALL_OPERATORS = ['=', '!=', 'IN', 'NIN', '<', '>', '<=', '>=', '~', '!~', '^', '$']

const customField = (name: string, store: Store): Field => {
  const attribute = store.writableAttribute('contact', name)
  if (!attribute) throw parameterInvalid(`Custom attribute '${name}' does not exist`)
  const read = ({ custom_attributes }: Contact) =>
    Object.hasOwn(custom_attributes, name) ? (custom_attributes[name] ?? null) : null
  switch (attribute.data_type) {
    case 'string':
      return { kind: 'text', read }
    case 'boolean':
      return { kind: 'boolean', read }
    case 'integer':
    case 'float':
      return { kind: 'number', read }
    case 'date':
    case 'datetime':
      return { kind: 'date', read }
  }
}

const fieldNamed = (name: string, store: Store): Field => {
  const field = FIELDS.get(name)
  if (field) return field
  if (name.startsWith(CUSTOM)) return customField(name.slice(CUSTOM.length), store)
  if (NOT_EMULATED.test(name)) throw notEmulated(`a search by ${name}`)
  throw parameterInvalid(`'${name}' is not a searchable field`)
}

/** The searched value in the field's own type; S2.16: "has to match the accepted type, otherwise the query will fail". */
const readValue = (value: unknown, field: Field, name: string): Scalar => {
  if (value === null) return null
  switch (field.kind) {
    case 'text':
    case 'tag': {
      if (typeof value !== 'string') throw parameterInvalid(`The value for '${name}' must be a string`)
      if (name === 'role' && value !== 'user' && value !== 'lead') throw parameterInvalid('role must be user or lead')
      return name === 'email' || name === 'email_domain' ? value.toLowerCase() : value
    }
    case 'boolean':
      if (typeof value !== 'boolean') throw parameterInvalid(`The value for '${name}' must be true or false`)
      return value
    case 'number':
    case 'date': {
      // S2.16's own example sends the second as text.
      const number = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
      if (typeof number !== 'number') throw parameterInvalid(`The value for '${name}' must be a number`)
      return number
    }
  }
}

const dayOf = (seconds: number) => Math.floor(seconds / DAY_SECONDS)

/** S2.16: times are compared by calendar day, in the workspace's zone; this workspace's is UTC. */
const dateMatcher = (operator: string, read: Field['read'], value: Scalar): Matcher => {
  if (typeof value !== 'number') return (contact) => operator === '=' && read(contact) === null
  const day = dayOf(value)
  return (contact) => {
    const second = read(contact)
    if (typeof second !== 'number') return false
    if (operator === '=') return dayOf(second) === day
    return operator === '>' ? dayOf(second) > day : dayOf(second) < day
  }
}

const numberMatcher = (operator: string, read: Field['read'], value: Scalar): Matcher => {
  if (typeof value !== 'number') throw parameterInvalid(`${operator} needs a number`)
  return (contact) => {
    const number = read(contact)
    if (typeof number !== 'number') return false
    if (operator === '<') return number < value
    if (operator === '>') return number > value
    return operator === '<=' ? number <= value : number >= value
  }
}

/** GUESS: parts of text are compared without regard to case; whole values (`=`) with it, except e-mail addresses. */
const textMatcher = (operator: string, read: Field['read'], value: Scalar): Matcher => {
  if (typeof value !== 'string') throw parameterInvalid(`${operator} needs a string`)
  const part = value.toLowerCase()
  return (contact) => {
    const whole = String(read(contact) ?? '').toLowerCase()
    if (operator === '^') return whole.startsWith(part)
    if (operator === '$') return whole.endsWith(part)
    return whole.includes(part) === (operator === '~')
  }
}

/** The ids that the store's indexes have for these values; undefined where the field has no index. */
const indexed = (name: string, values: readonly Scalar[], store: Store): ReadonlySet<string> | undefined => {
  const lookUp = lookUpOf(name, store)
  if (!lookUp) return undefined
  const ids = new Set<string>()
  for (const value of values) {
    // A contact without an address is in no index.
    if (typeof value !== 'string' || value === '') return undefined
    for (const id of lookUp(value)) ids.add(id)
  }
  return ids
}

const lookUpOf = (name: string, store: Store): ((value: string) => Iterable<string>) | undefined => {
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

const readFilter = (filter: Body, store: Store): Plan => {
  const { field: name, operator } = filter
  if (typeof name !== 'string') throw parameterInvalid('A search filter needs a field')
  if (typeof operator !== 'string' || !ALL_OPERATORS.includes(operator)) {
    throw parameterInvalid(`A search filter needs one of the operators ${ALL_OPERATORS.join(' ')}`)
  }
  if (!Object.hasOwn(filter, 'value')) throw parameterInvalid('A search filter needs a value')
  const field = fieldNamed(name, store)
  if (!OPERATORS[field.kind].includes(operator)) {
    throw parameterInvalid(`The operator ${operator} is not supported on '${name}'`)
  }
  const { read } = field
  if (operator === 'IN' || operator === 'NIN') {
    if (!Array.isArray(filter.value)) throw parameterInvalid(`${operator} needs an array of values`)
    const values = new Set(filter.value.map((value) => readValue(value, field, name)))
    return {
      matches: (contact) => values.has(read(contact)) === (operator === 'IN'),
      ids: operator === 'IN' ? indexed(name, [...values], store) : undefined
    }
  }
  const value = readValue(filter.value, field, name)
  return {
    matches: matcherOf(field, operator, value),
    ids: operator === '=' ? indexed(name, [value], store) : undefined
  }
}

const matcherOf = ({ kind, read }: Field, operator: string, value: Scalar): Matcher => {
  if (kind === 'tag') return ({ tags }) => tags.some(({ id }) => id === value) === (operator === '=')
  if (kind === 'date') return dateMatcher(operator, read, value)
  if (operator === '=' || operator === '!=') return (contact) => (read(contact) === value) === (operator === '=')
  return kind === 'number' ? numberMatcher(operator, read, value) : textMatcher(operator, read, value)
}

/** An AND looks through the smallest set that one of its parts names, an OR through all of them if each names one. */
const idsOf = (operator: 'AND' | 'OR', parts: readonly Plan[]): ReadonlySet<string> | undefined => {
  const sets = parts.flatMap(({ ids }) => (ids ? [ids] : []))
  if (operator === 'AND') return sets.sort((a, b) => a.size - b.size)[0]
  return sets.length === parts.length ? new Set(sets.flatMap((ids) => [...ids])) : undefined
}

const readQuery = (query: unknown, store: Store, depth = 1): Plan => {
  if (!isBody(query)) throw parameterInvalid('A search needs a query object')
  if (query.operator !== 'AND' && query.operator !== 'OR') return readFilter(query, store)
  const { operator, value: group } = query
  if (depth > SEARCH_NESTING) throw parameterInvalid(`A search may nest ${SEARCH_NESTING} levels of AND and OR`)
  if (!Array.isArray(group) || group.length === 0) throw parameterInvalid(`${operator} needs an array of filters`)
  if (group.length > SEARCH_GROUP_WIDTH) {
    throw parameterInvalid(`${operator} may hold ${SEARCH_GROUP_WIDTH} filters at most`)
  }
  const parts = group.map((one) => readQuery(one, store, depth + 1))
  return {
    matches:
      operator === 'AND'
        ? (contact) => parts.every(({ matches }) => matches(contact))
        : (contact) => parts.some(({ matches }) => matches(contact)),
    ids: idsOf(operator, parts)
  }
}

const inOrder = (a: Scalar, b: Scalar): number => {
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
  return (a, b) => direction * inOrder(read(a), read(b))
}

/** Reads the body of a search; throws the refusal it deserves. */
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

/** Those that a search has to look at: all of them unless an index knows the answer. In the order of the store. */
export const candidatesOf = ({ ids }: Pick<ContactSearch, 'ids'>, store: Store): Contact[] =>
  (ids ? store.contactsInOrder(ids) : store.contacts).filter(({ status }) => status === 'active')
