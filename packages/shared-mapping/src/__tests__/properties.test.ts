import fc from 'fast-check'
import {
  FIXED_COMPANY_KEYS,
  DOUBT_REASONS,
  LOSS_REASONS,
  RESERVED_COMPANY_KEYS,
  RESERVED_CONTACT_KEYS,
  RESERVED_METADATA_KEYS,
  buildCompany,
  buildContact,
  buildEvent,
  toPlainMetadata,
  toRecord,
  type Company,
  type CustomAttributes,
  type EventMetadata,
  type Loss
} from '..'

/** 500 payloads for each builder; `yarn test:deep` runs 100,000. */
const numRuns = Number(process.env.PROPERTY_RUNS ?? 500)

/** Values that customers send, and values that they should not send. */
const hostile = fc.constantFrom<unknown>(
  '',
  ' ',
  'yesterday',
  'March 7',
  '2024-13-45',
  '2024-01-02T03:04:05Z',
  '1516746535111',
  '$19.99',
  '19.99',
  19.99,
  1e21,
  -1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  'true',
  'no',
  'ada@example.com',
  'me.png',
  'https://example.com/me.png',
  'x'.repeat(256),
  '😀'.repeat(200),
  '1965-05-01',
  '9999-12-31',
  '2024-03-07 11:00:00.5 +0100 CET m=+0.01',
  '2024-03-07T11:00:00+01:00[Europe/Berlin]',
  'March 7, 2024 10:00 AM',
  '20240307',
  -30.5,
  99.5,
  'jpy',
  'www.example.com',
  '//example.com/me.png',
  Object.create(Date.prototype),
  'EUR',
  'Acme',
  JSON.parse('{ "__proto__": { "admin": true } }'),
  { url: 'https://example.com', value: 'more' },
  { amount: 1999, currency: 'EUR' },
  { amount: 19.99, currency: 'EUR' }
)
const names: fc.Arbitrary<string> = fc.constantFrom(
  '__proto__',
  'constructor',
  'user_id',
  'user_hash',
  'app_id',
  'email',
  'name',
  'firstName',
  'lastName',
  'company_id',
  'id',
  'role',
  'price',
  'revenue',
  'total',
  'currency',
  'a.b',
  '$set',
  'plan',
  'Plan',
  'cart'
)
const value = fc.oneof(
  hostile,
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
    maxDepth: 2,
    maxKeys: 4,
    withSparseArray: true
  })
)
const bag = fc.oneof(value, fc.dictionary(fc.oneof(names, fc.string()), value, { maxKeys: 16 }))
const company = fc.oneof(
  value,
  fc.record(
    {
      id: value,
      company_id: value,
      name: value,
      createdAt: value,
      size: value,
      employees: value,
      monthly_spend: value,
      remove: value,
      company_custom_traits: bag
    },
    { requiredKeys: [] }
  )
)

/** Jest's `expect` takes longer than the builders, and 100,000 payloads are checked against many rules. */
function must(rule: string, kept: boolean): void {
  if (!kept) throw new Error(`Rule broken: ${rule}`)
}

function untouched<T>(input: unknown, build: () => T): T {
  const before = fc.stringify(input)
  const built = build()
  must('the input stays as it was', fc.stringify(input) === before)
  JSON.stringify(built)
  return built
}

function mustBeNamed(losses: readonly Loss[]): void {
  must(
    'every loss names its place and reason',
    losses.every(({ path, reason }) => path !== '' && (reason in LOSS_REASONS || reason in DOUBT_REASONS))
  )
}

function mustBeStorable(custom: CustomAttributes, taken: readonly ReadonlySet<string>[]): void {
  must('no prototype but the plain one', Object.getPrototypeOf(custom) === Object.prototype)
  for (const [name, stored] of Object.entries(custom)) {
    must('no name that is taken', !taken.some((set) => set.has(name)))
    must('has no name that Intercom rejects', !/[.$]|^$/.test(name))
    must('scalars only', isStorable(stored))
  }
}

function isStorable(stored: unknown): boolean {
  if (typeof stored === 'string') return Array.from(stored).length <= 255
  return stored === null || typeof stored === 'boolean' || Number.isFinite(stored)
}

function isWholeOrMissing(number: number | undefined): boolean {
  return number === undefined || Number.isSafeInteger(number)
}

function mustBeCompany({ company_id, name, created_at, monthly_spend, size, custom, remove }: Company): void {
  must(
    'id, name and remove are there',
    company_id !== '' && typeof company_id === 'string' && name !== '' && typeof remove === 'boolean'
  )
  must('whole numbers', [created_at, monthly_spend, size].every(isWholeOrMissing))
  must(
    'numbers within Intercom’s range',
    [monthly_spend, size].every((number) => Math.abs(number ?? 0) <= 2147483647)
  )
  mustBeStorable(custom, [FIXED_COMPANY_KEYS, RESERVED_COMPANY_KEYS])
}

const contact = fc.record(
  {
    role: fc.oneof(value, fc.constantFrom('user', 'lead')),
    external_id: value,
    email: value,
    phone: value,
    name: value,
    avatar: value,
    signed_up_at: value,
    last_seen_at: value,
    owner_id: value,
    unsubscribed_from_emails: value,
    language_override: value,
    custom_attributes: bag,
    context_attributes: bag,
    include_context: fc.oneof(value, fc.boolean()),
    company,
    companies: fc.oneof(value, fc.array(company, { maxLength: 3 }))
  },
  { requiredKeys: [] }
)

test('property: a contact built from any input satisfies Intercom’s rules, and the input is unchanged', () => {
  fc.assert(
    fc.property(contact, (input) => {
      const { identity, attributes, custom, company, companies, losses } = untouched(input, () => buildContact(input))
      must('a lead has no external id', identity.kind !== 'lead' || !('external_id' in identity))
      must('has a valid e-mail address', !('email' in identity) || /^[^\s@]+@[^\s@]+$/.test(identity.email ?? ''))
      must('an external id is one', !('external_id' in identity) || identity.external_id !== '')
      must('has an avatar with a web address', /^https?:\/\//i.test(attributes.avatar ?? 'https://'))
      must(
        'whole numbers',
        [attributes.signed_up_at, attributes.last_seen_at, attributes.owner_id].every(isWholeOrMissing)
      )
      mustBeStorable(custom, [RESERVED_CONTACT_KEYS])
      for (const one of company ? [company, ...companies] : companies) mustBeCompany(one)
      mustBeNamed(losses)
    }),
    { numRuns }
  )
})

test('property: a company built from any input satisfies Intercom’s rules, and the input is unchanged', () => {
  fc.assert(
    fc.property(company, (input) => {
      const built = untouched(input, () => buildCompany(input))
      if (built.company) mustBeCompany(built.company)
      mustBeNamed(built.losses)
    }),
    { numRuns }
  )
})

const event = fc.record(
  {
    event_name: value,
    created_at: value,
    revenue: value,
    currency: value,
    metadata: fc.oneof(bag, fc.dictionary(fc.oneof(names, fc.string()), hostile, { minKeys: 8, maxKeys: 26 }))
  },
  { requiredKeys: [] }
)

function isMetadata(stored: EventMetadata[string], mayBeLink: boolean): boolean {
  if (typeof stored !== 'object' || stored === null) return isStorable(stored) || /^\s*https?:/i.test(String(stored))
  if ('amount' in stored) return isWholeOrMissing(stored.amount) && /^[A-Z]{3}$/.test(stored.currency)
  return mayBeLink && Object.keys(stored).sort().join() === 'url,value'
}

/** Exactly the keys from the eleventh on, and those that Intercom may reject, are reported as doubtful. */
function mustReportDoubts(metadata: EventMetadata, losses: readonly Loss[]): void {
  const pathsWith = (reason: string) =>
    new Set(losses.flatMap((loss) => (loss.reason === reason ? loss.path.slice('metadata.'.length) : [])))
  const keys = Object.keys(metadata)
  const sameKeys = keys.filter((key) => keys.some((one) => one !== key && one.toLowerCase() === key.toLowerCase()))
  const punctuated = keys.filter((key) => /[.$`~!@#%^&*'{}|\\"\0]/.test(key))
  must('each key beyond ten is doubtful', isSame(pathsWith('beyond-ten-keys'), keys.slice(10)))
  must('each key with punctuation is doubtful', isSame(pathsWith('doubtful-key'), punctuated))
  const others = sameKeys.filter((key) => !punctuated.includes(key))
  must('each key that differs in case only is doubtful', isSame(pathsWith('same-key'), others))
  const { plain, dropped } = toPlainMetadata(metadata)
  must('no doubtful key is left', toPlainMetadata(plain).dropped.length === 0)
  must(
    'only doubtful keys are dropped',
    dropped.every((key) => [...sameKeys, ...punctuated].includes(key))
  )
}

function isSame(paths: ReadonlySet<string>, keys: readonly string[]): boolean {
  return paths.size === keys.length && keys.every((key) => paths.has(key))
}

/** The keys of the price are removed from the metadata. Everything else is in the metadata, or a loss. */
function isAccountedFor(input: { metadata?: unknown }, metadata: EventMetadata, losses: readonly Loss[]): boolean {
  const removed = Object.entries(toRecord(input.metadata) ?? {}).filter(([key]) => !Object.hasOwn(metadata, key))
  const reported = new Set(losses.map(({ path }) => path))
  const ofPrice = 'price' in metadata ? ['revenue', 'total', 'currency'] : []
  return removed.every(([key]) => reported.has(`metadata.${key}`) || ofPrice.includes(key))
}

test('property: an event built from any input satisfies Intercom’s rules, and the input is unchanged', () => {
  fc.assert(
    fc.property(event, fc.oneof(fc.constant('any' as const), fc.array(names)), (input, richLinks) => {
      const { createdAt, metadata, losses } = untouched(input, () => buildEvent(input, { richLinks }))
      must('whole seconds', isWholeOrMissing(createdAt))
      must('a time that Intercom takes', createdAt === undefined || (createdAt >= 0 && createdAt < 1e11))
      must('no prototype but the plain one', Object.getPrototypeOf(metadata) === Object.prototype)
      must('twenty keys', Object.keys(metadata).length <= 20)
      mustReportDoubts(metadata, losses)
      must('every property is sent or reported', isAccountedFor(input, metadata, losses))
      for (const [key, stored] of Object.entries(metadata)) {
        must('no key that is taken', !RESERVED_METADATA_KEYS.has(key))
        must('scalars, money and links only', isMetadata(stored, richLinks === 'any' || richLinks.includes(key)))
      }
      mustBeNamed(losses)
    }),
    { numRuns }
  )
})

test('property: builders accept any value in place of an input', () => {
  fc.assert(
    fc.property(value, (anything) => {
      const input: object = Object(anything)
      untouched(anything, () => [buildContact(input), buildCompany(anything), buildEvent(input, { richLinks: 'any' })])
    }),
    { numRuns }
  )
})
