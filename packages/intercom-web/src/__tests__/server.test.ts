/** @jest-environment node */
import { Context } from '@segment/analytics-next'
import intercomWeb from '..'

it('does nothing on a server and does not throw', async () => {
  expect(typeof window).toBe('undefined')
  const [trackEvent] = await intercomWeb({ appId: 'abc123' })
  const context = new Context({ type: 'track', event: 'Opened', properties: { list: [] } })
  await expect(Promise.resolve(trackEvent?.track?.(context))).resolves.toBe(context)
})
