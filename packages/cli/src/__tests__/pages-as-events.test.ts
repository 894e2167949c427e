import { createSender, isJsonObject, parseSubscriptions } from '@intercom-destinations/delivery'
import { createEmulator, serve } from '@intercom-destinations/emulator'
import { readFileSync } from 'node:fs'
import path from 'node:path'

const FILE = path.join(__dirname, '../../../../examples/pages-as-events.mapping.json')
const json: unknown = JSON.parse(readFileSync(FILE, 'utf8'))
const rows = (Array.isArray(json) ? json : []).filter(isJsonObject)
const timestamp = '2024-01-02T03:04:05Z'

describe('the example mapping of page and screen calls', () => {
  it('is off until it is switched on, because event names are soon spent', () => {
    expect(rows.map(({ enabled }) => enabled)).toEqual([false, false])
    expect(() => parseSubscriptions(rows)).toThrow('no subscription in it is enabled')
  })

  it('makes an event of a page or screen with a name, and none of one without', async () => {
    const emulator = createEmulator({ token: 'token', seed: { contacts: [{ role: 'user', external_id: 'u1' }] } })
    const { url, close } = await serve(emulator)
    const subscriptions = parseSubscriptions(rows.map((row) => ({ ...row, enabled: true })))
    const sender = createSender({ token: 'token', restHost: url, subscriptions })
    const verdicts = await sender.send([
      { type: 'page', userId: 'u1', timestamp, name: 'Pricing', properties: { url: 'https://example.com/pricing' } },
      { type: 'screen', userId: 'u1', timestamp, name: 'Inbox', context: { app: { build: '7' } } },
      { type: 'page', userId: 'u1', timestamp, properties: {} }
    ])
    await sender.close()
    await close()
    expect(verdicts.map(({ status }) => status)).toEqual(['delivered', 'delivered', 'ignored'])
    expect(emulator.state.events.map(({ event_name, metadata }) => ({ event_name, metadata }))).toEqual([
      { event_name: 'Viewed Pricing page', metadata: { url: 'https://example.com/pricing' } },
      { event_name: 'Viewed Inbox screen', metadata: { build: '7' } }
    ])
  })
})
