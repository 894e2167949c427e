import fc from 'fast-check'
import { buildContact, FIXED_CONTACT_KEYS, toFieldSource, toRecord, type Loss } from '..'

const numRuns = Number(process.env.PROPERTY_RUNS ?? 2000) / 4

/** One trait of each kind under any of its names: a second spelling beside a first one is not read, and need not be. */
const KINDS: readonly { names: readonly string[]; value: string; field?: string }[] = [
  { names: ['name'], value: 'Ada Lovelace', field: 'name' },
  { names: ['email'], value: 'ada@example.com', field: 'email' },
  { names: ['phone'], value: '+49 30 1234', field: 'phone' },
  { names: ['avatar'], value: 'https://example.com/ada.png', field: 'avatar' },
  {
    names: ['createdAt', 'created_at', 'created', 'signedUpAt', 'remoteCreatedAt'],
    value: '2020-01-01T00:00:00Z',
    field: 'signed_up_at'
  },
  { names: ['id', 'userId', 'user_id'], value: 'another id' },
  { names: ['company'], value: 'Acme', field: 'company' },
  { names: ['companies'], value: 'Globex', field: 'companies' }
]

/** Everything that is written, as text. */
const writtenBy = (traits: Record<string, string>, mapping: Record<string, unknown>) => {
  const valueAt = (at: unknown) => traits[String(toRecord(at)?.['@path']).replace('$.traits.', '')]
  const payload = Object.fromEntries(Object.entries(mapping).map(([field, at]) => [field, valueAt(at)]))
  const { losses, ...built } = buildContact(
    { ...payload, external_id: 'u1', custom_attributes: traits },
    {
      custom_attributes: toFieldSource({ ...mapping, custom_attributes: { '@path': '$.traits' } }, [
        'custom_attributes'
      ])
    }
  )
  return { text: JSON.stringify(built), losses }
}

const isNamed = (losses: readonly Loss[], name: string) => losses.some(({ path }) => path.endsWith(name))
const isWritten = (text: string, value: string) =>
  text.includes(value === '2020-01-01T00:00:00Z' ? '1577836800' : value)

const trait = fc.constantFrom(...KINDS).chain(({ names, value, field }) =>
  fc.record({
    name: fc.constantFrom(...names),
    value: fc.constant(value),
    field: fc.constant(field),
    isMapped: fc.boolean()
  })
)

test('property: every fixed name of a person is written or named, with any saved mapping', () => {
  fc.assert(
    fc.property(fc.uniqueArray(trait, { selector: ({ value }) => value, minLength: 1 }), (drawn) => {
      const traits = Object.fromEntries(drawn.map(({ name, value }) => [name, value]))
      const mapping = Object.fromEntries(
        drawn.flatMap(({ name, field, isMapped }) =>
          isMapped && field !== undefined ? [[field, { '@path': `$.traits.${name}` }]] : []
        )
      )
      const { text, losses } = writtenBy(traits, mapping)
      return drawn.every(({ name, value }) => isWritten(text, value) || isNamed(losses, name))
    }),
    { numRuns }
  )
})

test('property: a name of a person that was picked by hand is written as the mapping says, or named', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom(...FIXED_CONTACT_KEYS), { minLength: 1 }), (names) => {
      const picked = Object.fromEntries(names.map((name) => [name, `picked ${name}`]))
      const custom_attributes = Object.fromEntries(names.map((name) => [name, { '@path': '$.traits.team' }]))
      const { custom, losses } = buildContact(
        { external_id: 'u1', custom_attributes: picked },
        { custom_attributes: toFieldSource({ custom_attributes }, ['custom_attributes']) }
      )
      return names.every((name) => custom[name] === picked[name] || isNamed(losses, name))
    }),
    { numRuns }
  )
})
