import { HeldKeys } from '../held-keys'
import type { Ordered } from '../keyed-queue'

interface More {
  readonly group?: readonly string[]
  readonly waitsForContact?: boolean
}

function item(person: string, rank: number, { group = [], waitsForContact = false }: More = {}): Ordered {
  const keys = { person: [person], group }
  const rows = { first: rank, last: rank }
  return { place: 1, keys, allKeys: [person, ...group], rows, rank, scope: {}, notBefore: 0, waitsForContact }
}

const IDENTIFY = 0
const GROUP = 1
const TRACK = 2

it('holds every later event of the person and of the group', () => {
  const held = new HeldKeys()
  held.add(item('u1', GROUP, { group: ['acme'] }))
  const later = [item('u1', IDENTIFY), item('u2', GROUP, { group: ['acme'] }), item('u2', IDENTIFY)]
  expect(later.map((one) => held.isHeld(one))).toEqual([true, true, false])
})

it('lets the identify pass an event that waits for its contact', () => {
  const held = new HeldKeys()
  held.add(item('u1', TRACK, { waitsForContact: true }))
  const later = [item('u1', IDENTIFY), item('u1', GROUP), item('u1', TRACK)]
  expect(later.map((one) => held.isHeld(one))).toEqual([false, false, true])
  held.add(item('u1', GROUP, { waitsForContact: true }))
  expect(later.map((one) => held.isHeld(one))).toEqual([false, true, true])
})
