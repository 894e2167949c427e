import { VersionedList } from '../model/versioned-list'
import { VersionedMap } from '../model/versioned-map'

/** More than two chunks, so that some of them are shared. */
const COUNT = 300

function toList(): VersionedList<string> {
  const list = new VersionedList<string>()
  for (let number = 0; number < COUNT; number += 1) list.push(`a${number}`)
  return list
}

test('a version keeps what it had, whatever is written later', () => {
  const list = toList()
  const before = list.version()
  list.set(0, 'b0')
  list.set(299, 'b299')
  list.push('b300')
  expect([before.length, before.at(0), before.at(299), before.at(300)]).toEqual([300, 'a0', 'a299', undefined])
  const after = list.version()
  expect([after.length, after.at(0), after.at(1), after.at(299), after.at(300)]).toEqual([
    301,
    'b0',
    'a1',
    'b299',
    'b300'
  ])
  expect(before.find((item) => item.startsWith('b'))).toBeUndefined()
  expect(after.find((item) => item === 'b300')).toBe('b300')
})

test('without a change the version is the same', () => {
  const list = toList()
  const before = list.version()
  expect(list.version()).toBe(before)
  list.set(5, 'b5')
  expect(list.version()).not.toBe(before)
})

test('a version outlives a cleared list', () => {
  const list = toList()
  const before = list.version()
  list.clear()
  list.push('c0')
  expect([before.length, before.at(0), list.items()]).toEqual([300, 'a0', ['c0']])
})

test('a map keeps the order of its keys when one is taken out', () => {
  const map = new VersionedMap<string, number>()
  for (const [index, key] of ['a', 'b', 'c', 'd'].entries()) map.set(key, index)
  const before = map.version()
  map.delete('b')
  map.delete('x')
  map.set('c', 20)
  map.set('e', 4)
  expect(map.values()).toEqual([0, 20, 3, 4])
  expect([map.get('b'), map.get('c'), map.placeOf('d')]).toEqual([undefined, 20, 2])
  expect([before.length, before.at(1)]).toEqual([4, 1])
})
