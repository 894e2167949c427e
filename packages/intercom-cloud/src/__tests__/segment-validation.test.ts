import { createTestIntegration, type ActionDefinition, type InputField, type JSONObject } from '@segment/actions-core'
import { HOSTILE_VALUES } from '@intercom-destinations/scenarios'
import { intercomCloud } from '..'
import type { Settings } from '../generated-types'
import { NOW, toEvent } from '../test-support/workspace'

/**
 * The values for which actions-core rejects a whole event before an action runs. They are documented for customers. Any
 * other value is sent, or is a loss.
 */
const OBJECTS = [
  'an empty object',
  'an object',
  'a picture object',
  'an amount object',
  'an object of nothings',
  'an object nested fifty deep',
  'an object with a key of the prototype',
  'an object with names that Intercom refuses',
  'an object of two hundred keys'
]
const LISTS_OF_MORE = ['a list of objects', 'a list of lists', 'a list of mixed values']
/** Not JSON, so only a host in the same process can pass them. */
const IN_PROCESS = [
  'a date',
  'a date that is none',
  'a big integer',
  'a symbol',
  'a function',
  'a map',
  'an object without a prototype'
]
const NOTHING = ['null', 'an empty text', 'undefined']

/** The values that fail the whole event, by the kind of field. */
const REFUSED = {
  /** A text. Numbers, true, false and a list of exactly one of them are converted. */
  text: [...OBJECTS, 'an empty list', 'a list of texts', 'a list of nothings', ...LISTS_OF_MORE, ...IN_PROCESS],
  /** A list of texts; one text becomes a list. */
  texts: [...OBJECTS, ...LISTS_OF_MORE, ...IN_PROCESS]
} as const

/** The values that the other kinds accept. Anything else fails the whole event. */
const TAKEN = {
  /** Names and values. For Segment, dates and other objects of a host in the same process are objects, too. */
  object: [...OBJECTS, ...NOTHING, 'a date', 'a date that is none', 'a map', 'an object without a prototype'],
  /** Read by Segment only. */
  boolean: ['zero', 'minus zero', 'true', 'false', 'the text true', ...NOTHING],
  /** Read by Segment only. */
  number: [
    ...['zero', 'minus zero', 'a small number', 'a negative number', 'a fraction', 'Unix seconds', 'Unix milliseconds'],
    ...['a number beyond 32 bits', 'a number beyond exactness', 'a huge number', 'the largest number'],
    ...['the smallest fraction', 'a year before 1970, in seconds', 'the year 10000, in seconds', 'true', 'false'],
    ...['a blank', 'tabs and line ends', 'a no-break space', 'a number as text', 'a number with a sign'],
    ...['a negative number as text', 'a number of 400 digits', 'a number in hexadecimal', 'a number with an exponent'],
    ...['an infinite number as text', 'a date of seconds as text', ...NOTHING]
  ],
  /** The time of a track call, which Intercom requires. */
  datetime: [
    ...['zero', 'minus zero', 'a small number', 'a negative number', 'a fraction', 'Unix seconds', 'Unix milliseconds'],
    ...['a number beyond 32 bits', 'a number beyond exactness', 'a huge number', 'the largest number'],
    ...['the smallest fraction', 'a year before 1970, in seconds', 'the year 10000, in seconds'],
    ...['a number as text', 'a number with a sign', 'a negative number as text', 'a number of 400 digits'],
    ...['a month that does not exist', 'a day of 1965', 'the year 0001', 'the year 9999', 'an ambiguous day'],
    ...['a date of seconds as text', 'an ISO date', ...NOTHING]
  ]
} as const

const CHOICES = new Map<string, readonly string[]>([
  ['role', ['the word user', 'the word lead']],
  ['unknown_attributes', []],
  ['unchanged_values', []],
  ['operation', []],
  ['nested_values', []],
  ['tags_from_traits', []],
  ['unknown_contact', []],
  ['use_anonymous_id', ['true', 'false', 'the text true']],
  ['convert_visitor', ['true', 'false', 'the text true']]
])

function toExpected(key: string, field: InputField): string[] {
  const titles = HOSTILE_VALUES.map(({ title }) => title)
  const allBut = (taken: readonly string[]) => titles.filter((title) => !taken.includes(title))
  const refused = (() => {
    if (field.choices) return allBut([...(CHOICES.get(key) ?? []), ...NOTHING])
    if (field.type === 'string') return field.multiple ? REFUSED.texts : REFUSED.text
    if (field.type === 'object') return allBut(TAKEN.object)
    if (field.type === 'boolean') return allBut(TAKEN.boolean)
    return allBut(field.type === 'number' ? TAKEN.number : TAKEN.datetime)
  })()
  const isNeeded = field.required === true
  return titles.filter((title) => refused.includes(title) || (isNeeded && NOTHING.includes(title)))
}

/** The definition with actions that do nothing. */
function openKit() {
  const definition = intercomCloud({ now: () => NOW })
  const idle = ([slug, action]: [string, ActionDefinition<Settings>]) => [slug, { ...action, perform: () => 'ran' }]
  return createTestIntegration({
    ...definition,
    actions: Object.fromEntries(Object.entries(definition.actions).map(idle))
  })
}

const kit = openKit()
const { actions, presets } = intercomCloud()
const fields = Object.entries(actions).flatMap(([slug, action]) =>
  Object.entries(action.fields).map(([key, field]) => [slug, key, field] as const)
)

/** The mapping of the fields without which Segment refuses every event. The others are checked on their own. */
function toNeeded(slug: string): JSONObject {
  const preset = presets.find(({ partnerAction }) => partnerAction === slug)
  const isNeeded = (key: string) => fields.some(([of, name, { required }]) => of === slug && name === key && required)
  return Object.fromEntries(Object.entries(preset?.mapping ?? {}).filter(([key]) => isNeeded(key)))
}

test.each(fields)('%s: the values of %s that fail the whole event', async (slug, key, field) => {
  const mapping = { ...toNeeded(slug), [key]: { '@path': '$.context.hostile' } }
  const whole = { type: 'track', userId: 'u1', groupId: 'c1', event: 'Opened' } as const
  const refused: string[] = []
  for (const { title, value } of HOSTILE_VALUES) {
    const event = toEvent({ ...whole, context: { hostile: value } })
    await kit.testAction(slug, { event, mapping, settings: {} }).catch((thrown: unknown) => {
      // Any other failure than Segment's validation fails the test.
      expect(thrown).toMatchObject({ name: 'AggregateAjvError' })
      refused.push(title)
    })
  }
  expect(refused).toEqual(toExpected(key, field))
})
