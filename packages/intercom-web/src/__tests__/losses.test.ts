import { runEvents } from '../test-support/run-events'

const secret = 'the customer’s own'
const events = [
  { type: 'track' as const, event: 'Opened', properties: { list: [secret] } },
  { type: 'identify' as const, userId: 'u1', timestamp: '2024-01-02T03:04:05Z', traits: { email: secret } }
]

it('names every loss on the event’s log and on window, and never the value', async () => {
  const debug = jest.spyOn(console, 'debug')
  const { reports, logs } = await runEvents(events)
  expect(reports).toEqual([
    { action: 'trackEvent', losses: [{ path: 'metadata.list', reason: 'nested-value' }] },
    { action: 'identifyUser', losses: [{ path: 'email', reason: 'not-an-email' }] }
  ])
  expect(logs).toEqual([
    'Intercom trackEvent: metadata.list was left out: Intercom stores single values only, not objects or lists',
    'Intercom identifyUser: email was left out: it is not an e-mail address'
  ])
  expect(JSON.stringify([reports, logs])).not.toContain(secret)
  expect(debug).not.toHaveBeenCalled()
})

it('names them on the console too, in debug mode', async () => {
  const debug = jest.spyOn(console, 'debug').mockImplementation()
  const { logs } = await runEvents(events, { debug: true })
  expect(debug.mock.calls.flat()).toEqual(logs)
})
