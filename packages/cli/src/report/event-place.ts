type Fields = Readonly<Record<string, unknown>>

/** A place in an event, and what is there. */
export interface EventPlace {
  /** Such as `traits.address`. */
  readonly place: string
  readonly value: unknown
}

/** What a loss names first: the part of Intercom's body, or the company of a list. */
const PREFIX = /^(?:(company|companies\[(\d+)\])(?:\.|$))?(?:(?:custom_attributes|metadata)(?:\.|$))?/

/** Names of Intercom's that no event has, with the names under which events have them. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  signed_up_at: ['createdAt', 'created'],
  remote_created_at: ['createdAt', 'created'],
  created_at: ['createdAt', 'created', 'timestamp'],
  external_id: ['userId'],
  company_id: ['groupId', 'id'],
  event_name: ['event'],
  size: ['employees', 'employee_count', 'employeeCount'],
  last_seen_at: ['timestamp'],
  name: ['firstName', 'lastName'],
  price: ['revenue', 'currency']
}

/**
 * Where an event has the value that a loss names. A mapping may take a value from anywhere, so the places in which events
 * usually have it are searched by its name; `undefined` when none has it.
 */
export function findPlace(event: Fields, path: string): EventPlace | undefined {
  const [prefix = '', company, index] = PREFIX.exec(path) ?? []
  const name = path.slice(prefix.length)
  const roots = rootsOf(event, company !== undefined, index)
  if (name === '') return roots.find(({ value }) => value !== undefined)
  const names = [name, ...(Object.hasOwn(OTHER_NAMES, name) ? (OTHER_NAMES[name] ?? []) : [])]
  for (const { place, value } of roots) {
    if (!isFields(value)) continue
    const key = findKey(value, names)
    if (key !== undefined) return { place: place === '' ? key : `${place}.${key}`, value: value[key] }
  }
  return undefined
}

/** The objects in which the value may be, the likeliest first. */
function rootsOf(event: Fields, isOfCompany: boolean, index: string | undefined): EventPlace[] {
  const { type, traits, properties, context } = event
  const contextTraits = isFields(context) ? context.traits : undefined
  const own: EventPlace =
    type === 'track' ? { place: 'properties', value: properties } : { place: 'traits', value: traits }
  const rest: EventPlace[] = [
    { place: 'context.traits', value: contextTraits },
    { place: '', value: event },
    { place: 'context', value: context }
  ]
  if (!isOfCompany || type === 'group' || !isFields(own.value)) return [own, ...rest]
  const { company, companies } = own.value
  const ofList = index === undefined ? [] : [{ place: `traits.companies[${index}]`, value: itemOf(companies, index) }]
  return [...ofList, { place: 'traits.company', value: company }, own, ...rest]
}

const itemOf = (list: unknown, index: string): unknown => (Array.isArray(list) ? list[Number(index)] : undefined)

/** Exactly, or without regard to case and underscores. */
function findKey(fields: Fields, names: readonly string[]): string | undefined {
  const exact = names.find((name) => Object.hasOwn(fields, name))
  if (exact !== undefined) return exact
  const alike = new Set(names.map(toPlain))
  return Object.keys(fields).find((key) => alike.has(toPlain(key)))
}

const toPlain = (name: string): string => name.replaceAll('_', '').toLowerCase()

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
