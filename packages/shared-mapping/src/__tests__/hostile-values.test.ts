import { HOSTILE_VALUES } from '@intercom-destinations/scenarios'
import fc from 'fast-check'
import { buildCompany, buildContact, buildEvent, toBoolean, toCurrency, type Loss } from '..'

/** 500 payloads for each property; `yarn test:deep` runs 100,000. */
const numRuns = Number(process.env.PROPERTY_RUNS ?? 500)

const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE_VALUES.map(({ value }) => value)),
  fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, maxDepth: 2, maxKeys: 4 })
)

/** Jest's `expect` takes longer than the builders. */
function must(rule: string, isKept: boolean, seen: unknown): void {
  if (!isKept) throw new Error(`Rule broken: ${rule}: ${fc.stringify(seen)}`)
}

function isSame(a: unknown, b: unknown): boolean {
  return fc.stringify(a) === fc.stringify(b)
}

function isAbsent(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.every(isAbsent)
  if (value instanceof Date || typeof value !== 'object' || value === null) return value === undefined || value === null
  return Object.values(value).every(isAbsent)
}

function isNamed(losses: readonly Loss[], paths: readonly string[]): boolean {
  return losses.some(({ path }) =>
    paths.some((one) => path === one || path.startsWith(`${one}.`) || path.startsWith(`${one}[`))
  )
}

/** The result of a builder: its parts by the name of the input that they come from, and the losses. */
interface Built {
  parts: Record<string, unknown>
  losses: readonly Loss[]
}

/**
 * One field of a valid input has an arbitrary value. All other parts are the same as without that field, and the value is
 * in the field's own part, or reported as a loss, or absent.
 */
function mustCostItselfOnly(
  build: (input: Record<string, unknown>) => Built,
  good: Record<string, unknown>,
  {
    field,
    value,
    owns = [field],
    paths = [field]
  }: { field: string; value: unknown; owns?: string[]; paths?: string[] }
): void {
  const { [field]: _, ...others } = good
  const without = build(others)
  const built = build({ ...others, [field]: value })
  for (const [name, part] of Object.entries(without.parts))
    if (!owns.includes(name)) must(`${name} is kept with ${field}`, isSame(built.parts[name], part), { value, built })
  const isSeen = owns.some((name) => !isSame(built.parts[name], without.parts[name]))
  must(`${field} is sent or named`, isSeen || isNamed(built.losses, paths) || isAbsent(value), { value, built })
}

const CONTACT = {
  role: 'user',
  external_id: 'u1',
  email: 'ada@example.com',
  phone: '+1',
  name: 'Ada',
  avatar: 'https://example.com/me.png',
  signed_up_at: 1700000000,
  last_seen_at: 1700000001,
  owner_id: 5,
  unsubscribed_from_emails: true,
  custom_attributes: { usual_plan: 'pro' },
  include_context: true,
  context_attributes: { os_name: 'iOS' },
  company: { id: 'c1', name: 'Acme' },
  companies: [{ id: 'c2', name: 'Initech' }]
}

function toContactParts(input: Record<string, unknown>): Built {
  const { identity, attributes, custom, company, companies, losses } = buildContact(input)
  const { external_id, email } = { external_id: undefined, email: undefined, ...identity }
  const { os_name, usual_plan, x, ...custom_attributes } = custom
  return {
    parts: { external_id, email, ...attributes, os_name, usual_plan, x, custom_attributes, company, companies },
    losses
  }
}

/** The part that contains a field's value, and the paths of its losses, if they differ from the field's own name. */
const CONTACT_FIELDS: Record<string, { owns?: string[]; paths?: string[] }> = {
  ...Object.fromEntries(['external_id', 'email', 'phone', 'name', 'avatar'].map((key) => [key, {}])),
  ...Object.fromEntries(
    ['signed_up_at', 'last_seen_at', 'owner_id', 'unsubscribed_from_emails'].map((key) => [key, {}])
  ),
  custom_attributes: { owns: ['custom_attributes', 'usual_plan', 'os_name', 'x', 'name'] },
  context_attributes: { owns: ['custom_attributes', 'os_name', 'x'] },
  company: { owns: ['company', 'companies'], paths: ['company', 'companies'] },
  companies: {}
}

test('property: one invalid value of a person does not cost another value', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.entries(CONTACT_FIELDS)), hostile, ([field, how], value) => {
      mustCostItselfOnly(toContactParts, CONTACT, { field, value, ...how })
    }),
    { numRuns }
  )
})

test('property: one invalid attribute of a person does not cost another value', () => {
  const build = (attributes: Record<string, unknown>) => toContactParts({ ...CONTACT, custom_attributes: attributes })
  fc.assert(
    fc.property(hostile, (value) =>
      mustCostItselfOnly(build, { usual_plan: 'pro' }, { field: 'x', value, paths: ['custom_attributes.x'] })
    ),
    { numRuns }
  )
})

const COMPANY = {
  company_id: 'c1',
  name: 'Acme',
  created_at: 1700000000,
  plan: 'pro',
  monthly_spend: 10,
  size: 5,
  website: 'acme.example',
  industry: 'Rockets',
  company_custom_traits: { tier: 'gold' },
  remove: false
}

function toCompanyParts(input: Record<string, unknown>): Built {
  const { company, losses } = buildCompany(input)
  const { custom, ...fields } = company ?? { custom: undefined }
  return { parts: { ...fields, company_custom_traits: custom }, losses }
}

test('property: one invalid value of a company does not cost another value', () => {
  const fields = Object.keys(COMPANY).filter((key) => key !== 'company_id')
  fc.assert(
    fc.property(fc.constantFrom(...fields), hostile, (field, value) => {
      const paths = field === 'company_custom_traits' ? ['company.custom_attributes'] : [`company.${field}`]
      // The default if it is absent.
      if (field === 'remove' && toBoolean(value) === false) return
      mustCostItselfOnly(toCompanyParts, COMPANY, { field, value, paths })
    }),
    { numRuns }
  )
})

test('property: one invalid attribute of a company does not cost another value', () => {
  const build = (attributes: Record<string, unknown>) => {
    const { parts, losses } = toCompanyParts({ ...COMPANY, company_custom_traits: attributes })
    const { company_custom_traits, ...rest } = parts
    return { parts: { ...rest, ...Object(company_custom_traits) }, losses }
  }
  fc.assert(
    fc.property(hostile, (value) =>
      mustCostItselfOnly(build, { tier: 'gold' }, { field: 'x', value, paths: ['company.custom_attributes.x'] })
    ),
    { numRuns }
  )
})

const EVENT = { event_name: 'Paid', created_at: 1700000000, revenue: 5, currency: 'EUR', metadata: { color: 'red' } }

function toEventParts(input: Record<string, unknown>): Built {
  const { name, createdAt, metadata, losses } = buildEvent(input, { richLinks: 'any' })
  const { price, color, x, ...others } = metadata
  return { parts: { event_name: name, created_at: createdAt, price, color, x, metadata: others }, losses }
}

const EVENT_FIELDS: Record<string, { owns?: string[]; paths?: string[] }> = {
  event_name: {},
  created_at: {},
  revenue: { owns: ['price'] },
  currency: { owns: ['price'] },
  metadata: { owns: ['metadata', 'color', 'x'] }
}

test('property: one invalid value of an event does not cost another value', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.entries(EVENT_FIELDS)), hostile, ([field, how], value) => {
      // The default if the currency is absent.
      if (field === 'currency' && toCurrency(value) === 'USD') return
      mustCostItselfOnly(toEventParts, EVENT, { field, value, ...how })
    }),
    { numRuns }
  )
})

test('property: one invalid value in the metadata of an event does not cost another value', () => {
  const build = (metadata: Record<string, unknown>) => toEventParts({ ...EVENT, metadata })
  fc.assert(
    fc.property(hostile, (value) =>
      mustCostItselfOnly(build, { color: 'red' }, { field: 'x', value, paths: ['metadata.x'] })
    ),
    { numRuns }
  )
})
