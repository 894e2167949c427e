/** @jest-environment node */
import { Context } from '@segment/analytics-next'
import intercomWeb from '..'
import { loadMessenger } from '../messenger'

it('does nothing and breaks nothing on a server', async () => {
  expect(typeof window).toBe('undefined')
  expect(loadMessenger({ appId: 'abc123' })).toBeUndefined()
  const [trackEvent] = await intercomWeb({ appId: 'abc123' })
  const context = new Context({ type: 'track', event: 'Opened', properties: { list: [] } })
  await expect(trackEvent?.track?.(context)).resolves.toBe(context)
})
