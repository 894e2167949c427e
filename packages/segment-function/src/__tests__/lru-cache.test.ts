import fc from 'fast-check'
import { LRUCache as Package } from 'lru-cache'
import { LRUCache } from '../../build/lru-cache'

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const call = fc.oneof(
  fc.record({ method: fc.constant('set' as const), key, value: fc.integer() }),
  fc.record({ method: fc.constantFrom('get' as const, 'delete' as const), key })
)

it('property: keeps and forgets what the package does', () => {
  fc.assert(
    fc.property(fc.array(call, { maxLength: 40 }), fc.integer({ min: 1, max: 4 }), (calls, maxSize) => {
      const own = new LRUCache<string, number>({ maxSize })
      const real = new Package<string, number>({ maxSize, sizeCalculation: () => 1 })
      for (const one of calls) {
        if (one.method === 'set') {
          own.set(one.key, one.value)
          real.set(one.key, one.value)
        } else expect(own[one.method](one.key)).toBe(real[one.method](one.key))
        expect([own.size, [...own.entries()]]).toEqual([real.size, [...real.entries()]])
      }
    })
  )
})

it('forgets the entry that was not used for longest', () => {
  const cache = new LRUCache<string, number>({ maxSize: 2 })
  cache.set('a', 1)
  cache.set('b', 2)
  cache.get('a')
  cache.set('c', 3)
  expect([...cache.entries()]).toEqual([
    ['c', 3],
    ['a', 1]
  ])
})
