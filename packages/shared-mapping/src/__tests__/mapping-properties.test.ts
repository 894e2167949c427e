import { transform, type JSONObject } from '@segment/actions-core'
import fc from 'fast-check'
import {
  buildCompany,
  buildContact,
  FIXED_COMPANY_KEYS,
  FIXED_CONTACT_KEYS,
  MESSENGER_CONTACT_KEYS,
  RESERVED_CONTACT_KEYS,
  toFieldSource,
  toRecord,
  type BuiltCompany,
  type BuiltContact
} from '..'

/** 500 mappings for each rule; `yarn test:deep` runs 100,000. */
const numRuns = Number(process.env.PROPERTY_RUNS ?? 500)

const path = (at: string) => ({ '@path': at })

/** A valid value for each name of the fixed lists, so that a missing value in the result has been lost. */
const GOOD: Record<string, JSONObject[string]> = {
  email: 'ada@example.com',
  avatar: 'https://example.com/ada.png',
  createdAt: 1577836801,
  created_at: 1577836801,
  created: 1577836801,
  signedUpAt: 1577836801,
  signed_up_at: 1577836801,
  remoteCreatedAt: 1577836801,
  lastRequestAt: 1577836801,
  employees: 577,
  employee_count: 577,
  size: 577,
  monthlySpend: 577,
  monthly_spend: 577,
  company: 'Unmistakable',
  companies: ['Unmistakable'],
  remove: true
}

const goodValueOf = (name: string) => GOOD[name] ?? 'Unmistakable'
const somePaths = (root: string, names: readonly string[]) =>
  fc.subarray([...names]).map((some) => some.map((name) => path(`${root}.${name}`)))

/** A field that is mapped to one of its names, to the first of several, or not at all. */
const fieldFrom = (root: string, names: readonly string[]): fc.Arbitrary<JSONObject[string] | undefined> =>
  somePaths(root, names).map((paths) =>
    paths.reduceRight<JSONObject | undefined>(
      (otherwise, one) => (otherwise ? { '@if': { exists: one, then: one, else: otherwise } } : one),
      undefined
    )
  )

const CREATED = ['createdAt', 'created_at', 'created', 'signedUpAt', 'signed_up_at', 'remoteCreatedAt']
const contactFields = fc.record({
  external_id: fc.constantFrom(path('$.userId'), path('$.traits.id'), path('$.traits.userId')),
  email: fieldFrom('$.traits', ['email']),
  phone: fieldFrom('$.traits', ['phone']),
  name: fieldFrom('$.traits', ['name']),
  avatar: fieldFrom('$.traits', ['avatar']),
  signed_up_at: fieldFrom('$.traits', CREATED),
  last_seen_at: fieldFrom('$.traits', ['lastRequestAt']),
  company: fieldFrom('$.traits', ['company']),
  companies: fieldFrom('$.traits', ['companies'])
})
const companyFields = fc.record({
  company_id: fc.constantFrom(path('$.groupId')),
  name: fieldFrom('$.traits', ['name']),
  created_at: fieldFrom('$.traits', ['createdAt', 'created_at', 'created', 'remoteCreatedAt']),
  plan: fieldFrom('$.traits', ['plan']),
  monthly_spend: fieldFrom('$.traits', ['monthly_spend', 'monthlySpend']),
  size: fieldFrom('$.traits', ['employees', 'employee_count', 'size']),
  website: fieldFrom('$.traits', ['website']),
  industry: fieldFrom('$.traits', ['industry'])
})

const WHOLE: JSONObject[] = [
  path('$.traits'),
  { '@merge': { direction: 'right', objects: [path('$.traits'), { tier: 'gold' }] } },
  { '@if': { exists: path('$.traits'), then: path('$.traits'), else: path('$.context.traits') } },
  { '@flatten': { separator: '_', value: path('$.traits') } },
  { '@excludeWhenNull': path('$.traits') }
]

/** Every directive that can contain an object of names. */
const PICKED: ((names: JSONObject) => JSONObject)[] = [
  (names) => names,
  (names) => ({ '@merge': { direction: 'right', objects: [{ tier: 'gold' }, names] } }),
  (names) => ({ '@merge': { direction: 'left', objects: [names, path('$.context')] } }),
  (names) => ({ '@if': { exists: path('$.userId'), then: names, else: {} } }),
  (names) => ({ '@if': { exists: path('$.nothing'), then: {}, else: names } }),
  (names) => ({ '@flatten': { separator: '_', value: names } })
]

function withoutUndefined(mapping: Record<string, JSONObject[string] | undefined>): JSONObject {
  return Object.fromEntries(Object.entries(mapping).flatMap(([key, one]) => (one === undefined ? [] : [[key, one]])))
}

function contactOf(mapping: JSONObject, event: JSONObject, taken?: ReadonlySet<string>): BuiltContact {
  const payload = transform(mapping, event)
  return buildContact(payload, { custom_attributes: toFieldSource(mapping, ['custom_attributes'], taken) })
}

function companyOf(mapping: JSONObject, event: JSONObject): BuiltCompany {
  const payload = transform(mapping, event)
  return buildCompany(payload, 'company', toFieldSource(mapping, ['company_custom_traits']))
}

/** Whether the result contains the value. A company's name may be in its id, and a date in another format. */
function holds(built: unknown, value: unknown): boolean {
  const sought = Array.isArray(value) ? value[0] : value
  const record = toRecord(built)
  const parts = Array.isArray(built) ? built : record ? Object.values(record) : []
  return built === sought || parts.some((part) => holds(part, sought))
}

function must(rule: string, kept: boolean): void {
  if (!kept) throw new Error(`Rule broken: ${rule}`)
}

test('property: every fixed name of a person is sent or reported, with any saved mapping', () => {
  fc.assert(
    fc.property(
      contactFields,
      fc.constantFrom(...WHOLE),
      fc.constantFrom(...FIXED_CONTACT_KEYS),
      (fields, custom_attributes, name) => {
        const value = goodValueOf(name)
        const event = { userId: 'u1', traits: { [name]: value } }
        const { losses, ...built } = contactOf(withoutUndefined({ ...fields, custom_attributes }), event)
        must('in the body or a loss', holds(built, value) || losses.some(({ path }) => path.includes(name)))
        must('not both', !holds(built, value) || losses.length === 0)
      }
    ),
    { numRuns }
  )
})

test('property: every fixed name of a company is sent or reported, with any saved mapping', () => {
  fc.assert(
    fc.property(
      companyFields,
      fc.constantFrom(...WHOLE),
      fc.constantFrom(...FIXED_COMPANY_KEYS),
      (fields, company_custom_traits, name) => {
        const value = goodValueOf(name)
        const event = { groupId: 'c1', traits: { [name]: value } }
        const { losses, company } = companyOf(withoutUndefined({ ...fields, company_custom_traits }), event)
        must('in the body or a loss', holds(company, value) || losses.some(({ path }) => path.includes(name)))
      }
    ),
    { numRuns }
  )
})

test('property: a name that is mapped by hand is sent under that name or reported, with any saved mapping', () => {
  const names = fc.oneof(
    // Segment's mapping kit drops `__proto__` before any action runs.
    fc.constantFrom(...FIXED_CONTACT_KEYS, ...RESERVED_CONTACT_KEYS).filter((name) => name !== '__proto__'),
    fc.stringMatching(/^[a-z]\w*$/)
  )
  fc.assert(
    fc.property(
      contactFields,
      fc.constantFrom(...PICKED),
      names,
      fc.boolean(),
      (fields, wrapped, name, isInBrowser) => {
        const custom_attributes = wrapped({ [name]: path('$.traits.source') })
        const mapping = withoutUndefined({ ...fields, custom_attributes })
        const event = { userId: 'u1', traits: { source: 'Unmistakable' } }
        const { custom, attributes, losses } = contactOf(
          mapping,
          event,
          isInBrowser ? MESSENGER_CONTACT_KEYS : undefined
        )
        const isTaken = RESERVED_CONTACT_KEYS.has(name) || (isInBrowser && MESSENGER_CONTACT_KEYS.has(name))
        const written = Object.entries(custom).find(([key]) => key === name)?.[1]
        must('written or lost', isTaken ? written === undefined : written === 'Unmistakable')
        must(
          'a loss has its name',
          losses.map(({ path }) => path).join() === (isTaken ? `custom_attributes.${name}` : '')
        )
        must('no name is made of it', attributes.name === undefined)
      }
    ),
    { numRuns }
  )
})

test('property: a mapping of any shape never throws', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), fc.anything(), (mapping, nested, value) => {
      const saved = [mapping, { custom_attributes: nested }, { custom_attributes: { '@merge': nested } }]
      for (const one of saved) {
        const custom_attributes = toFieldSource(one, ['custom_attributes'])
        buildContact({ custom_attributes: value }, { custom_attributes })
        buildCompany({ company_id: 'c1', company_custom_traits: value }, 'company', custom_attributes)
      }
    }),
    { numRuns }
  )
})
