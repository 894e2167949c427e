import { createEmulator } from '@intercom-destinations/emulator'
import { Destination } from '@segment/actions-core'
import { intercomCloud } from '..'
import { toHoldings } from '../test-support/errands'
import { openSickProxy, SICK, SILENT } from '../test-support/sick-proxy'
import { NOW, toEvent, toSettings } from '../test-support/workspace'

// A host that was bundled, or that runs elsewhere than on Node, has the platform's own fetch.
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

test('with the platform’s fetch, too, nothing but Intercom’s answer is believed', async () => {
  const proxy = await openSickProxy()
  const destination = new Destination(intercomCloud({ now: () => NOW, restHost: proxy.url }))
  const event = toEvent({ type: 'identify', userId: 'u1', traits: { name: 'Ada' } })
  const outcomes: unknown[] = []
  for (const [title, answer] of Object.entries({ ...SICK, ...SILENT })) {
    const emulator = createEmulator({ clock: () => NOW, rateLimit: Infinity })
    const settings = { ...toSettings(), oauth: { access_token: title.replace(/[^a-z0-9]/g, '') } }
    proxy.spoil(emulator, { operation: 'POST /contacts', answer, isCarriedOut: false })
    await destination.onEvent(event, settings).catch(({ name }: Error) => outcomes.push([title, name]))
    expect(toHoldings(emulator)).toEqual([])
    await destination.onEvent(event, settings)
    expect(toHoldings(emulator)).toEqual(['user u1 - Ada'])
  }
  expect(outcomes).toEqual(Object.keys({ ...SICK, ...SILENT }).map((title) => [title, 'RetryableError']))
  expect(proxy.followed()).toBe(0)
  expect(mockUsed).toHaveBeenCalled()
  await proxy.close()
})
