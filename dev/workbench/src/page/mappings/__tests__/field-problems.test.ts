import type { ActionCard, FieldCard, Json, JsonObject, SubscriptionRow } from '../../../contract'
import { catalog } from '../../../server/configuration/catalog'
import { findRowProblems, findSourceProblem, findTemplateProblem, withoutParts } from '../field-problems'

const text: FieldCard = { label: 'Text', description: '', type: 'string' }
const action: ActionCard = {
  title: 'Track',
  description: '',
  fields: {
    name: { ...text, label: 'Name', required: true },
    revenue: { ...text, label: 'Revenue', type: 'number' },
    company: { ...text, type: 'object', properties: { id: { ...text, label: 'Company id', required: true } } },
    more: { ...text, type: 'object' },
    tags: { ...text, multiple: true },
    hidden: { ...text, type: 'hidden', required: true },
    lead: {
      ...text,
      required: true,
      depends_on: { conditions: [{ fieldKey: 'role', operator: 'is', value: 'lead' }] }
    }
  }
}
const row = (mapping: JsonObject, name = 'Orders'): SubscriptionRow => ({
  name,
  partnerAction: 'track',
  enabled: true,
  subscribe: 'type = "track"',
  mapping
})
const path = (at: string) => ({ '@path': at })
const problemsOf = (mapping: JsonObject) =>
  findRowProblems(action, row({ name: path('$.event'), ...mapping })).map(
    ({ path: place, message }) => `${place}: ${message}`
  )

it('finds no problem in a complete row', () => {
  expect(problemsOf({ revenue: 5, company: { id: path('$.a') }, more: { a: path('$.a') }, tags: ['a'] })).toEqual([])
})

it.each(['web', 'cloud'] as const)('finds no problem in the presets of the %s half', (half) => {
  const { actions, presets } = catalog[half]
  expect(presets.flatMap((preset) => findRowProblems(actions[preset.partnerAction], preset))).toEqual([])
})

it.each<[string, JsonObject, string]>([
  ['a path', { tags: path(' ') }, 'mapping.tags: Write a path such as $.properties.total.'],
  [
    'one of several paths',
    { tags: { '@if': { exists: path('$.a'), then: path('$.a'), else: path('') } } },
    'mapping.tags: Write a path such as $.properties.total.'
  ],
  ['a path in an object', { more: { a: path('') } }, 'mapping.more.a: Write a path such as $.properties.total.'],
  ['a path in a list', { tags: ['a', path('')] }, 'mapping.tags[1]: Write a path such as $.properties.total.'],
  ['a key', { more: { '': 'a' } }, 'mapping.more.: Give it a key.'],
  ['a required field', { name: '' }, 'mapping.name: Name is needed.'],
  ['a required field of an object', { company: {} }, 'mapping.company.id: Company id is needed.'],
  ['a number', { revenue: 'much' }, 'mapping.revenue: Write a number here.']
])('finds that %s is missing', (_, mapping, problem) => {
  expect(problemsOf(mapping)).toEqual([problem])
})

it('requires a name always, and a required field if the row is enabled', () => {
  expect(findRowProblems(action, row({}, ' ')).map(({ path: place }) => place)).toEqual(['name', 'mapping.name'])
  expect(problemsOf({ role: 'lead' })).toEqual(['mapping.lead: Text is needed.'])
})

it('does not check JSON that the user typed', () => {
  expect(findSourceProblem({ '@arrayPath': ['$.items', { id: path('') }] })).toBeUndefined()
})

it.each<[Json, boolean]>([
  [{ '@template': 'Shop: {{event' }, true],
  [{ '@template': '{{event}} and {{name' }, true],
  [{ '@template': 'Shop: {{event}}' }, false],
  [{ '@template': 'Shop: {event' }, false],
  ['{{event', false]
])('warns of a placeholder that is not closed: %j', (value, isWarned) => {
  expect(findTemplateProblem(value) !== undefined).toBe(isWarned)
})

test('what is wrong with a key or an item is left to its own row, and the rest stays at the field', () => {
  const problem = (at: string) => ({ path: at, message: '' })
  const left = (value: Parameters<typeof withoutParts>[2], ...paths: string[]) =>
    withoutParts(paths.map(problem), 'mapping.more', value).map((one) => one.path)
  const keys = { plan: path('$.plan '), size: 1 }
  expect(left(keys, 'mapping.more', 'mapping.more.plan', 'mapping.more.plans', 'mapping.more.size.a')).toEqual([
    'mapping.more',
    'mapping.more.plans'
  ])
  expect(left([path('$.a ')], 'mapping.more[0]', 'mapping.more[1]')).toEqual(['mapping.more[1]'])
  expect(left(path('$.a '), 'mapping.more')).toEqual(['mapping.more'])
})
