import { withoutStaleValues, toLaterTimes, toTimes, toWriteTimes } from '../state/stale-writes'

/** The cached event times of a person's values, in Unix seconds. */
const cachedTimes = (times: Record<string, number>) => ({
  writtenAt: (name: string) => new Map(Object.entries(times)).get(name)
})

const at = (time: number | undefined, body: object, custom: Record<string, string | number | null> = {}) => ({
  body,
  custom,
  times: toTimes(body, custom, time)
})

describe('an older event that is retried does not overwrite newer values', () => {
  test('leaves out older values and writes those of the same age or newer', () => {
    const write = at(10, { name: 'Ada', phone: '1', avatar: 'a' }, { plan: 'pro', seats: 3, tier: 'x' })
    const cached = cachedTimes({
      name: 11,
      phone: 10,
      avatar: 9,
      'custom_attributes.plan': 11,
      'custom_attributes.seats': 10
    })
    expect(withoutStaleValues(write, cached)).toEqual({
      body: { phone: '1', avatar: 'a' },
      custom: { seats: 3, tier: 'x' },
      isEmpty: false
    })
  })

  test('a custom attribute and a field with the same name are separate', () => {
    const cached = cachedTimes({ name: 11 })
    expect(withoutStaleValues(at(10, {}, { name: 'x' }), cached).custom).toEqual({ name: 'x' })
    expect(withoutStaleValues(at(10, { plan: 'x' }), cachedTimes({ 'custom_attributes.plan': 11 })).body).toEqual({
      plan: 'x'
    })
  })

  test('nothing is left of an event with only older values', () => {
    expect(
      withoutStaleValues(
        at(10, { name: 'Ada' }, { plan: 'pro' }),
        cachedTimes({ name: 11, 'custom_attributes.plan': 11 })
      )
    ).toEqual({
      body: {},
      custom: {},
      isEmpty: true
    })
    expect(withoutStaleValues(at(10, { name: 'Ada' }, { plan: 'pro' }), cachedTimes({ name: 11 })).isEmpty).toBe(false)
    expect(withoutStaleValues(at(10, { name: 'Ada' }, {}), cachedTimes({ phone: 11 })).isEmpty).toBe(false)
  })

  test('writes everything for a person who is not cached, even nothing', () => {
    expect(withoutStaleValues(at(10, { name: 'Ada' }, { plan: null }), undefined)).toEqual({
      body: { name: 'Ada' },
      custom: { plan: null },
      isEmpty: false
    })
    expect(withoutStaleValues(at(10, {}), undefined).isEmpty).toBe(false)
  })

  test('writes a value without a time', () => {
    expect(withoutStaleValues(at(undefined, { name: 'Ada' }, { plan: 'pro' }), cachedTimes({ name: 11 })).body).toEqual(
      {
        name: 'Ada'
      }
    )
  })

  test('compares "last seen" with itself, regardless of the event time', () => {
    expect(withoutStaleValues(at(99, { last_seen_at: 10 }), cachedTimes({ last_seen_at: 11 })).body).toEqual({})
    expect(withoutStaleValues(at(1, { last_seen_at: 12 }), cachedTimes({ last_seen_at: 11 })).body).toEqual({
      last_seen_at: 12
    })
    expect(withoutStaleValues(at(undefined, { last_seen_at: 10 }), cachedTimes({ last_seen_at: 11 })).body).toEqual({})
  })

  test('does not change its input', () => {
    const write = at(10, { name: 'Ada' }, { plan: 'pro' })
    withoutStaleValues(write, cachedTimes({ name: 11, 'custom_attributes.plan': 11 }))
    expect(write).toEqual(at(10, { name: 'Ada' }, { plan: 'pro' }))
  })
})

describe('the times of a write', () => {
  test('each attribute has its time, and "last seen" its value', () => {
    expect(toWriteTimes(at(10, { name: 'Ada', last_seen_at: 8 }, { plan: 'pro' }))).toEqual([
      ['name', 10],
      ['custom_attributes.plan', 10],
      ['last_seen_at', 8]
    ])
  })

  test('without an event time, only "last seen" has one', () => {
    expect(toWriteTimes(at(undefined, { name: 'Ada', last_seen_at: 8 }, { plan: 'pro' }))).toEqual([
      ['last_seen_at', 8]
    ])
    expect(toWriteTimes(at(undefined, { name: 'Ada' }))).toEqual([])
  })
})

describe('two events that are merged into one write', () => {
  test('a later value without a time has no time', () => {
    const earlier = at(10, { name: 'Ada', phone: '1' }, { plan: 'free', seats: 1 })
    const untimed = at(undefined, { name: 'Grace' }, { plan: 'pro' })
    expect([...toLaterTimes(earlier.times, untimed.times, untimed)]).toEqual([
      ['phone', 10],
      ['custom_attributes.seats', 10]
    ])
  })

  test('a later value with a time has that time', () => {
    const earlier = at(10, { name: 'Ada', phone: '1' }, { plan: 'free' })
    const later = at(20, { name: 'Grace' }, { plan: 'pro' })
    expect(Object.fromEntries(toLaterTimes(earlier.times, later.times, later))).toEqual({
      name: 20,
      phone: 10,
      'custom_attributes.plan': 20
    })
    expect(Object.fromEntries(earlier.times)).toEqual({ name: 10, phone: 10, 'custom_attributes.plan': 10 })
  })
})
