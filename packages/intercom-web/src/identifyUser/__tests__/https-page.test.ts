/** @jest-environment-options {"url": "https://example.com:8080/"} */

import { runEvent } from '../../test-support/run-events'

it('sends a picture without https if it is on the page’s own host, by its https address', async () => {
  const { calls, losses } = await runEvent({
    type: 'identify',
    userId: 'u1',
    timestamp: '2024-01-02T03:04:05Z',
    traits: { avatar: 'http://example.com:8080/ada.png?http://x' }
  })
  const avatar = { type: 'avatar', image_url: 'https://example.com:8080/ada.png?http://x' }
  expect(calls).toEqual([['update', { user_id: 'u1', avatar, last_request_at: 1704164645 }]])
  expect(losses).toEqual([])
})
