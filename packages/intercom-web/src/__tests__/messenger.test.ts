import { recordIntercom } from '../test-support/run-events'
import { loadMessenger } from '../messenger'

const scripts = () => Array.from(document.querySelectorAll('script'))

beforeEach(() => {
  delete window.Intercom
  document.head.replaceChildren()
  document.body.replaceChildren()
})

afterAll(() => {
  delete window.Intercom
})

/** What waits for Intercom's script, read as that script reads it. */
function queued(): unknown[][] {
  const queue: unknown = Reflect.get(Object(window.Intercom), 'q')
  return Array.isArray(queue) ? queue.map((call: ArrayLike<unknown>) => Array.from(call)) : []
}

describe('on a page without Intercom', () => {
  it('inserts Intercom’s script, where there was no script element', () => {
    expect(scripts()).toEqual([])
    loadMessenger({ appId: 'abc_1-2' })
    expect(scripts().map(({ src, async, nonce }) => ({ src, async, nonce }))).toEqual([
      { src: 'https://widget.intercom.io/widget/abc_1-2', async: true, nonce: '' }
    ])
  })

  it('gives the script the nonce of the page’s policy', () => {
    loadMessenger({ appId: 'abc123', cspNonce: 'r4nd0m' })
    expect(scripts().map(({ nonce }) => nonce)).toEqual(['r4nd0m'])
  })

  it('boots at once, and keeps all calls in order until the script has come', () => {
    const messenger = loadMessenger({ appId: 'abc123' })
    messenger?.('update', { user_id: 'u1' })
    messenger?.('trackEvent', 'Opened')
    expect(queued()).toEqual([
      ['boot', { app_id: 'abc123', api_base: 'https://api-iam.intercom.io', installation_type: 's' }],
      ['update', { user_id: 'u1' }],
      ['trackEvent', 'Opened']
    ])
  })

  it('speaks to Intercom itself once its script has taken the place of the queue', () => {
    const messenger = loadMessenger({ appId: 'abc123' })
    const calls = recordIntercom()
    messenger?.('trackEvent', 'Opened')
    expect(calls).toEqual([['trackEvent', 'Opened']])
  })

  it('inserts one script, however often it is asked', () => {
    loadMessenger({ appId: 'abc123' })
    loadMessenger({ appId: 'abc123' })
    expect(scripts()).toHaveLength(1)
  })
})

describe('on a page that has Intercom', () => {
  it('uses it and inserts nothing', () => {
    const calls = recordIntercom()
    const messenger = loadMessenger({ appId: 'abc123' })
    messenger?.('update', { user_id: 'u1' })
    expect(scripts()).toEqual([])
    expect(calls).toEqual([
      ['boot', { app_id: 'abc123', api_base: 'https://api-iam.intercom.io', installation_type: 's' }],
      ['update', { user_id: 'u1' }]
    ])
  })
})

it.each(['', 'abc 123', 'abc/../evil', 'https://evil.example/', 'ä', 'abc123?x'])(
  'refuses the app id %p before it touches the page',
  (appId) => {
    expect(() => loadMessenger({ appId })).toThrow(
      `Intercom Web (Actions): the App ID ${JSON.stringify(appId)} is not one: it consists of letters, digits, "-" and "_". Copy it`
    )
    expect(scripts()).toEqual([])
    expect(window.Intercom).toBeUndefined()
  }
)

it.each(['https://api-iam.eu.intercom.io', 'https://api-iam.au.intercom.io', 'https://api-iam.intercom.io'])(
  'boots against the regional host %s',
  (apiBase) => {
    const calls = recordIntercom()
    loadMessenger({ appId: 'abc123', apiBase })
    expect(calls).toEqual([['boot', { app_id: 'abc123', api_base: apiBase, installation_type: 's' }]])
  }
)

it.each(['https://evil.example', 'https://api-iam.intercom.io.evil.example', 'eu'])(
  'refuses the host %p',
  (apiBase) => {
    expect(() => loadMessenger({ appId: 'abc123', apiBase })).toThrow('Choose the region of your workspace')
    expect(scripts()).toEqual([])
  }
)

it('does not compile with a command or a body that Intercom does not know', () => {
  const messenger = loadMessenger({ appId: 'abc123' })
  // @ts-expect-error -- no such command
  messenger?.('updtae', { user_id: 'u1' })
  // @ts-expect-error -- an id is a text
  messenger?.('update', { user_id: 7 })
  // @ts-expect-error -- Intercom takes whole seconds, which only `toUnixSeconds` makes
  messenger?.('update', { created_at: '2020-01-01T00:00:00Z' })
  // @ts-expect-error -- nested metadata
  messenger?.('trackEvent', 'Opened', { cart: { items: [] } })
  expect(queued()).toHaveLength(5)
})
