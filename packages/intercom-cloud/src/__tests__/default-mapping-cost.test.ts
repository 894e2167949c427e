import { transform, type JSONObject } from '@segment/actions-core'
import { intercomCloud } from '..'

/** Calls `onLook` whenever the keys of the object, or of an object inside it, are listed. */
function watched<T extends object>(value: T, onLook: () => void): T {
  return new Proxy(value, {
    ownKeys: (target) => {
      onLook()
      return Reflect.ownKeys(target)
    },
    get: (target, key) => {
      const part: unknown = Reflect.get(target, key)
      return typeof part === 'object' && part !== null ? watched(part, onLook) : part
    }
  })
}

// For every event the kit checks a condition twice that stands in the `then` or `else` of another one.
test.each<[string, JSONObject, number]>([
  ['identifyContact', { type: 'identify', userId: 'u1', traits: { email: 'ada@example.com' } }, 1304],
  ['groupIdentifyContact', { type: 'group', userId: 'u1', groupId: 'c1', traits: { name: 'Analytical' } }, 739],
  ['trackEvent', { type: 'track', userId: 'u1', event: 'Opened', properties: { plan: 'pro' } }, 570]
])('the mapping kit looks at the default mapping of %s seldom enough', (action, event, looks) => {
  const preset = intercomCloud().presets.find(({ partnerAction }) => partnerAction === action)
  const onLook = jest.fn()
  transform(watched(preset?.mapping ?? {}, onLook), event)
  expect(onLook.mock.calls.length).toBeLessThanOrEqual(looks)
})
