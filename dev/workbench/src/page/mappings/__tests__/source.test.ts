import fc from 'fast-check'
import type { Json } from '../../../contract'
import { fromSource, toSource } from '../source'

const path = (at: string) => ({ '@path': at })
const either = (first: Json, rest: Json) => ({ '@if': { exists: first, then: first, else: rest } })

describe('toSource', () => {
  it.each<[string, Json | undefined, unknown]>([
    ['no value', undefined, { kind: 'nothing' }],
    ['a path', path('$.event'), { kind: 'path', path: '$.event' }],
    [
      'a chain of paths',
      either(path('$.a'), either(path('$.b'), path('$.c'))),
      { kind: 'first', paths: ['$.a', '$.b', '$.c'] }
    ],
    ['a text', 'user', { kind: 'literal', value: 'user' }],
    ['false', false, { kind: 'literal', value: false }],
    ['a template', { '@template': 'Order {{event}}' }, { kind: 'template', template: 'Order {{event}}' }],
    ['an object', { plan: path('$.plan') }, { kind: 'keys', entries: [['plan', path('$.plan')]] }],
    ['a list', ['a', path('$.b')], { kind: 'list', items: ['a', path('$.b')] }]
  ])('reads %s', (_, value, source) => {
    expect(toSource(value)).toEqual(source)
  })

  it.each<[string, Json]>([
    ['null', null],
    ['a directive of another kind', { '@case': { operator: 'lower', value: path('$.a') } }],
    ['a path with something beside it', { '@path': '$.a', '@template': 'b' }],
    ['a path that is no text', { '@path': path('$.a') }],
    ['a choice without an else', { '@if': { exists: path('$.a'), then: path('$.a') } }],
    [
      'a choice that takes another value than it asks for',
      { '@if': { exists: path('$.a'), then: path('$.b'), else: path('$.c') } }
    ],
    [
      'a choice with something more in it',
      { '@if': { exists: path('$.a'), then: path('$.a'), else: path('$.b'), blank: 1 } }
    ],
    ['a choice that ends in a text', either(path('$.a'), 'none')]
  ])('leaves %s alone', (_, value) => {
    expect(toSource(value)).toEqual({ kind: 'json', value })
  })
})

const key = fc.oneof(
  fc.constantFrom('@path', '@template', '@if', 'exists', 'then', 'else', '__proto__', 'plan'),
  fc.string()
)
const { mapped } = fc.letrec<{ mapped: Json }>((tie) => ({
  mapped: fc.oneof(
    { maxDepth: 5 },
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
    fc.string().map(path),
    fc.array(tie('mapped'), { maxLength: 3 }),
    fc.array(fc.tuple(key, tie('mapped')), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
    fc.tuple(fc.string().map(path), tie('mapped')).map(([first, rest]) => either(first, rest))
  )
}))

it('property: reading a mapping and writing it back changes nothing', () => {
  fc.assert(
    fc.property(mapped, (value) => {
      const written = fromSource(toSource(value))
      expect(JSON.stringify(written)).toBe(JSON.stringify(value))
    })
  )
})
