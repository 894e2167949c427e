import { intercomCloud } from '@intercom-destinations/intercom-cloud'
import { findMappingWarnings } from '../mapping-warnings'
import { toSubscriptions } from '../subscriptions'

const warningsOf = (subscribe: string, mapping = {}) =>
  findMappingWarnings({ subscribe, mapping }).map(({ path, message }) => `${path}: ${message}`)

it('finds nothing in the presets and the default triggers', () => {
  expect(
    toSubscriptions().flatMap(({ filter, mapping }) => findMappingWarnings({ subscribe: filter, mapping }))
  ).toEqual([])
  expect(
    Object.values(intercomCloud().actions).flatMap(({ defaultSubscription = '' }) => warningsOf(defaultSubscription))
  ).toEqual([])
})

describe('a trigger', () => {
  it.each([
    'type = "track" and event = "Order Completed"',
    'type="track" AND (event = "a" or event = "b")',
    '(type = "track" and properties.total > 5)',
    'type = "track" and match(event, "Order*")',
    'type = "track" and !contains(event, "x")',
    'type = "identify" and traits.email != null',
    'type = "track" and properties.vip = true'
  ])('is understood in full: %s', (subscribe) => {
    expect(warningsOf(subscribe)).toEqual([])
  })

  it.each([
    ['type = "identify" and', 'type = "identify"'],
    ['type = "identify" and match("traits.email","*@x.com")', 'type = "identify"'],
    ['type = "track" foo', 'type = "track"'],
    ['type = "track" and not event = "a"', 'type = "track" and event = "a"'],
    ["type = 'track'", 'type = "\'track\'"'],
    ['type = "track" and event = "a" or event = "b"', 'type = "track" or event = "a" or event = "b"']
  ])('is ignored in part: %s', (subscribe, understood) => {
    expect(warningsOf(subscribe)).toEqual([
      `subscribe: Segment reads this trigger as: ${understood} – and ignores the rest. Complete or remove it.`
    ])
  })
})

it('finds blanks at paths, and templates where none is read', () => {
  expect(
    warningsOf('type = "track"', {
      email: { '@path': '$.traits.email ' },
      name: '{{traits.name}}',
      note: { '@template': 'for {{traits.name}}' },
      title: { '@liquid': '{{ traits.name | upcase }}' },
      phone: { '@if': { exists: { '@path': '$.a' }, then: { '@path': ' $.a' }, else: { '@path': '{{traits.b}}' } } },
      company: [{ id: 'plain' }, { id: 'a {{b}}' }]
    })
  ).toEqual([
    'mapping.company[1].id: “a {{b}}” is sent as it stands, with its braces. Write it as a template: { "@template": … }.',
    'mapping.email: The path “$.traits.email ” has a blank at its end, so it finds nothing. Remove the blank.',
    'mapping.name: “{{traits.name}}” is sent as it stands, with its braces. Write it as a template: { "@template": … }.',
    'mapping.phone.else: The path “{{traits.b}}” holds a template, so it finds nothing. Write a path such as $.traits.email, or a template: { "@template": … }.',
    'mapping.phone.then: The path “ $.a” has a blank at its start, so it finds nothing. Remove the blank.'
  ])
})
