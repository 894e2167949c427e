import { toWhyNot } from '../index'

const event = {
  type: 'identify',
  event: 'Signed Up',
  userId: 'u1',
  properties: { total: 12, coupon: 'MAY', gift: false, size: '5', nested: { a: 1 } },
  traits: { plan: 'free' },
  context: { locale: 'de' }
}

test.each([
  ['type = "track"', 'type is "identify", not "track"'],
  ['event = "Order Completed"', 'event is "Signed Up", not "Order Completed"'],
  [
    'type = "track" and event = "Order Completed"',
    'type is "identify", not "track"; event is "Signed Up", not "Order Completed"'
  ],
  [
    'type = "track" or type = "page"',
    'none of these holds: type is "identify", not "track"; type is "identify", not "page"'
  ],
  [
    'type = "identify" and (event = "A" or name = "B")',
    'none of these holds: event is "Signed Up", not "A"; name is missing'
  ],
  ['event != "Signed Up"', 'event is "Signed Up", and must be something else'],
  ['properties.price > 5', 'properties.price is missing'],
  ['properties.total > 20', 'properties.total is 12, not more than 20'],
  ['properties.total <= 3', 'properties.total is 12, not 3 or less'],
  ['properties.total = 13', 'properties.total is 12, not 13'],
  ['properties.size > 1', 'properties.size is "5", not a number'],
  ['properties.gift = true', 'properties.gift is false, not true'],
  ['properties.coupon = null', 'properties.coupon is "MAY", and must be missing'],
  ['properties.price != null', 'properties.price is missing'],
  ['properties.nested.a = 2', 'properties.nested.a is 1, not 2'],
  ['contains(event, "Order")', 'event is "Signed Up", which does not contain "Order"'],
  ['!contains(event, "Up")', 'event is "Signed Up", and must not contain "Up"'],
  ['match(event, "Order*")', 'event is "Signed Up", which does not start with "Order"'],
  ['traits.plan = "pro"', 'traits.plan is "free", not "pro"'],
  ['context.locale = "en"', 'context.locale is "de", not "en"'],
  ['this is no filter', 'The trigger cannot be read: this is no filter'],
  ['', 'The trigger cannot be read: ']
])('explains why %s does not take the event', (subscribe, sentence) => {
  expect(toWhyNot({ subscribe, enabled: true }, event)).toBe(sentence)
})

test('gives no reason for a mapping that takes the event', () => {
  expect(toWhyNot({ subscribe: 'type = "identify"', enabled: true }, event)).toBeUndefined()
})

test('gives the switch as the reason for a mapping that is off', () => {
  expect(toWhyNot({ subscribe: 'type = "identify"', enabled: false }, event)).toBe('This mapping is switched off.')
})

test('cuts long values', () => {
  const sentence = toWhyNot({ subscribe: 'event = "A"', enabled: true }, { ...event, event: 'x'.repeat(200) })
  expect(sentence).toBe(`event is "${'x'.repeat(80)}…", not "A"`)
})
