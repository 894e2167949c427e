import { transform } from '@segment/actions-core/mapping-kit'
import fc from 'fast-check'
import * as stub from '../../build/mapping-kit-stub'

// Segment checks a mapping when it is saved, so the browser bundles do not check it again.
jest.mock('@segment/actions-core/mapping-kit/validate', () => ({ __esModule: true, default: () => undefined }))

const numRuns = Number(process.env.PROPERTY_RUNS ?? 3000)

type Mapping = Parameters<typeof transform>[0]
type Event = Record<string, unknown>

/** The original completes some mappings in place, so each run gets its own. */
function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item)]))
}

const isMapping = (value: unknown): value is Mapping => typeof value === 'object' && value !== null

/** What the mapping picks. If the original throws, the action fails, whatever the message says. */
function picks(run: (mapping: Mapping, event: Event) => unknown, mapping: unknown, event: Event): unknown {
  const own = copy(mapping)
  if (!isMapping(own)) throw new Error('the test needs a mapping')
  try {
    return run(own, event)
  } catch {
    return 'the action fails'
  }
}

const order: Event = {
  type: 'track',
  event: 'Order Completed',
  userId: 'u1',
  traits: { email: 'Ada@Example.com', none: null, zero: 0, no: false, empty: '', 'a b': 1, 'x.y': 2, tags: ['a', 'B'] },
  properties: {
    total: 20,
    name: 'a.b {{userId}}',
    when: new Date(0),
    products: [{ sku: 's1', price: 1, deep: { list: [1, null, { a: 1 }] } }, 's2', null, { sku: null }],
    json: '{"a":[1]}'
  }
}

test.each<[string, object, unknown]>([
  ['@path', { a: { '@path': '$.traits.email' } }, { a: 'Ada@Example.com' }],
  ['@path into a list', { a: { '@path': '$.properties.products[0].sku' } }, { a: 's1' }],
  ['@path with quotes', { a: { '@path': "$.traits['a b']" } }, { a: 1 }],
  ['@path below a falsy value', { a: { '@path': '$.traits.zero.deep' } }, { a: 0 }],
  ['@path to the whole', { a: { '@path': '$.' } }, { a: order }],
  ['@path below a text', { a: { '@path': '$.userId.length' } }, { a: 2 }],
  ['@template', { a: { '@template': '{{ userId }}-{{{properties.total}}}{{nothing}}' } }, { a: 'u1-20' }],
  ['@template in a value', { a: { '@template': '{{{properties.name}}}' } }, { a: 'a.b u1' }],
  ['@if exists', { a: { '@if': { exists: { '@path': '$.traits.zero' }, then: 1, else: 2 } } }, { a: 1 }],
  ['@if blank', { a: { '@if': { blank: { '@path': '$.traits.zero' }, then: 1, else: 2 } } }, { a: 2 }],
  ['@if without a condition', { a: { '@if': { then: 1 } } }, 'the action fails'],
  ['@case', { a: { '@case': { operator: 'lower', value: { '@path': '$.traits.email' } } } }, { a: 'ada@example.com' }],
  ['@case of a number', { a: { '@case': { operator: 'upper', value: 1 } } }, { a: 1 }],
  ['@replace', { a: { '@replace': { pattern: '.', value: 'a.b.c' } } }, { a: 'abc' }],
  ['@replace once', { a: { '@replace': { pattern: 'A', value: 'aa', global: false, ignorecase: true } } }, { a: 'a' }],
  [
    '@replace twice',
    { a: { '@replace': { pattern: 'a', replacement: 'b', pattern2: 'b', replacement2: 'c', value: 'ab' } } },
    { a: 'cc' }
  ],
  ['@replace with a long pattern', { a: { '@replace': { pattern: 'a'.repeat(11), value: 'a' } } }, 'the action fails'],
  [
    '@arrayPath',
    { a: { '@arrayPath': ['$.properties.products', { id: { '@path': '$.sku' } }] } },
    { a: [{ id: 's1' }, {}, { id: null }, { id: null }] }
  ],
  ['@flatten', { a: { '@flatten': { separator: '_', value: { b: { c: [1] } } } } }, { a: { b_c_0: 1 } }],
  [
    '@flatten without lists',
    { a: { '@flatten': { separator: '_', value: { b: { c: [1] } }, omitArrays: true } } },
    { a: { b_c: [1] } }
  ],
  ['@json', { a: { '@json': { mode: 'decode', value: { '@path': '$.properties.json' } } } }, { a: { a: [1] } }],
  ['@merge', { a: { '@merge': { direction: 'left', objects: [{ b: 1 }, { b: 2 }] } } }, { a: { b: 1 } }],
  [
    '@transform',
    { a: { '@transform': { apply: { b: { '@path': '$.userId' } }, mapping: { '@path': '$.b' } } } },
    { a: 'u1' }
  ],
  [
    '@transform of nothing',
    { a: { '@transform': { apply: { '@path': '$.none' }, mapping: { '@transform': { apply: {}, mapping: 'b' } } } } },
    { a: 'b' }
  ],
  [
    '@excludeWhenNull',
    { a: { '@excludeWhenNull': { b: { '@path': '$.traits.none' }, c: [null] } } },
    { a: { c: [null] } }
  ],
  ['a directive around the whole', { __segment_internal_directive: { '@merge': {} }, a: 1 }, 'the action fails'],
  ['no such directive', { a: { '@other': 1 } }, 'the action fails'],
  ['a key beside a directive', { a: { '@path': '$.userId', b: 1 } }, { a: { '@path': '$.userId', b: 1 } }]
])('follows %s as Segment does', (_, mapping, expected) => {
  expect(picks(transform, mapping, order)).toEqual(expected)
  expect(picks(stub.transform, mapping, order)).toEqual(expected)
})

const path = fc.oneof(
  fc
    .array(
      fc.constantFrom(
        ...[
          '$.',
          '.',
          '[',
          ']',
          '"',
          "'",
          ' ',
          '[0]',
          "['a b']",
          '["sku"]',
          '[1].',
          'traits',
          'properties',
          'products'
        ],
        ...[
          'email',
          'none',
          'zero',
          'no',
          'empty',
          'userId',
          'total',
          'deep',
          'list',
          'a b',
          '0',
          '__proto__',
          'length'
        ]
      ),
      { maxLength: 6 }
    )
    .map((parts) => parts.join('')),
  fc.constantFrom('$.traits', '$.properties.products', '$.properties.when', '$.traits.tags', '$.', '.', '')
)
const scalar = fc.constantFrom<unknown>(
  ...['a', 'B', '', 'a.b', '.', '_', 'lower', 'upper', 'left', 'right'],
  ...[0, 1, true, false, null]
)
const { mapped } = fc.letrec<{ mapped: unknown; directive: unknown; fields: unknown }>((tie) => {
  const options = (values: Record<string, fc.Arbitrary<unknown>>) =>
    fc.oneof({ weight: 9, arbitrary: fc.record(values, { requiredKeys: [] }) }, { weight: 1, arbitrary: tie('mapped') })
  const of = (name: string, given: fc.Arbitrary<unknown>) => given.map((value) => ({ [name]: value }))
  const any = tie('mapped')
  const text = fc.oneof(path, any)
  return {
    mapped: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      scalar,
      tie('directive'),
      tie('fields'),
      fc.array(any, { maxLength: 3 })
    ),
    fields: fc.dictionary(fc.constantFrom('a', 'b', '__proto__', '_metadata', 'email', '@path'), any, { maxKeys: 3 }),
    directive: fc.oneof(
      of('@path', text),
      of('@path', path),
      of(
        '@template',
        fc.oneof(
          path,
          fc
            .array(fc.oneof(path, fc.constantFrom('{{', '}}', '{{{', '}}}')), { maxLength: 5 })
            .map((parts) => parts.join(''))
        )
      ),
      of('@if', options({ exists: any, blank: any, then: any, else: any })),
      of('@case', options({ operator: fc.oneof(fc.constantFrom('lower', 'upper'), any), value: any })),
      of(
        '@replace',
        options({
          ...{ pattern: scalar, replacement: scalar, pattern2: scalar, replacement2: scalar, value: any },
          ...{ ignorecase: fc.oneof(fc.boolean(), scalar), global: fc.oneof(fc.boolean(), scalar) }
        })
      ),
      of('@arrayPath', fc.oneof(fc.tuple(text, any), any)),
      of('@literal', any),
      of('@flatten', options({ separator: fc.oneof(fc.constantFrom('.', '_'), any), value: any, omitArrays: scalar })),
      of(
        '@json',
        options({ mode: fc.constantFrom('encode', 'decode', 'other'), value: fc.oneof(fc.constant('{"a":1}'), any) })
      ),
      of(
        '@merge',
        options({
          objects: fc.oneof(fc.array(any, { maxLength: 3 }), any),
          direction: fc.oneof(fc.constantFrom('left', 'right'), any)
        })
      ),
      of('@transform', options({ apply: fc.oneof(tie('fields'), any), mapping: any })),
      of('@excludeWhenNull', any),
      of('@none', any)
    )
  }
})
const mapping = fc.oneof(
  fc.dictionary(fc.constantFrom('a', 'b', 'c', 'email'), mapped, { maxKeys: 3 }),
  fc
    .tuple(
      fc.constantFrom('@merge', '@literal', '@flatten'),
      fc.dictionary(fc.constantFrom('objects', 'direction', 'separator', 'value'), mapped)
    )
    .map(([name, given]) => ({ __segment_internal_directive: { [name]: given }, a: 1 }))
)
const event = fc.constantFrom<Event>(
  order,
  { type: 'page' },
  { type: 'identify', traits: { email: ['a'], none: { deep: 'x' } }, properties: 'text' }
)

it('property: picks the same of an event as Segment', () => {
  fc.assert(
    fc.property(mapping, event, (one, from) => {
      expect(picks(stub.transform, one, from)).toStrictEqual(picks(transform, one, from))
    }),
    { numRuns }
  )
})
