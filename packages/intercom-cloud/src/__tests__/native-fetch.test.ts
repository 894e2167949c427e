import { createEmulator } from '@intercom-destinations/emulator'
import { Destination } from '@segment/actions-core'
import { intercomCloud } from '..'
import { toContents } from '../test-support/operation-cases'
import { openFaultyProxy, FAULTY_RESPONSES, EMPTY_SUCCESSES } from '../test-support/faulty-proxy'
import { NOW, toEvent, toSettings } from '../test-support/workspace'

// A bundled host, or one outside Node, uses the platform's fetch.
const mockUsed = jest.fn()
jest.mock('cross-fetch', () => ({
  __esModule: true,
  default: (request: Request) => {
    mockUsed()
    return fetch(request)
  },
  Headers,
  Request,
  Response
}))

test('accepts only Intercom’s own responses with the platform’s fetch, too', async () => {
  const proxy = await openFaultyProxy()
  const destination = new Destination(intercomCloud({ now: () => NOW, restHost: proxy.url }))
  const event = toEvent({ type: 'identify', userId: 'u1', traits: { name: 'Ada' } })
  const outcomes: unknown[] = []
  for (const [title, answer] of Object.entries({ ...FAULTY_RESPONSES, ...EMPTY_SUCCESSES })) {
    const emulator = createEmulator({ clock: () => NOW, rateLimit: Infinity })
    const settings = { ...toSettings(), oauth: { access_token: title.replace(/[^a-z0-9]/g, '') } }
    proxy.replaceNext(emulator, { operation: 'POST /contacts', answer, isCarriedOut: false })
    await destination.onEvent(event, settings).catch(({ name }: Error) => outcomes.push([title, name]))
    expect(toContents(emulator)).toEqual([])
    await destination.onEvent(event, settings)
    expect(toContents(emulator)).toEqual(['user u1 - Ada'])
  }
  expect(outcomes).toEqual(
    Object.keys({ ...FAULTY_RESPONSES, ...EMPTY_SUCCESSES }).map((title) => [title, 'RetryableError'])
  )
  expect(proxy.followed()).toBe(0)
  expect(mockUsed).toHaveBeenCalled()
  await proxy.close()
})
