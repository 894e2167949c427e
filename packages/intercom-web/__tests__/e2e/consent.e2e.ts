/** @jest-environment node */
import { BOOT, openSite, type PageOptions, type Site, type Visit } from './site'

/*
 * Segment's consent wrapper (`@segment/analytics-consent-tools`) around the real Analytics.js, with a consent banner of our
 * own. docs/consent.md says the same in words, with what to do.
 */

let site: Site

beforeAll(async () => {
  site = await openSite()
})

afterAll(async () => {
  await site.close()
})

const NAME = 'Intercom Web (Actions)'
/** Segment's settings of a source whose web destination needs the category Support, and which has one for Analytics. */
const CDN = {
  integrations: {
    'Segment.io': { apiKey: 'key' },
    [NAME]: { versionSettings: { componentTypes: [] }, consentSettings: { categories: ['Support'] } }
  },
  consentSettings: { allCategories: ['Support', 'Analytics'], hasUnmappedDestinations: false }
}
const ALL = { Support: true, Analytics: true }
const WITHOUT_SUPPORT = { Support: false, Analytics: true }
const NOTHING = { Support: false, Analytics: false }

/** What an earlier visit decided. */
type Decision = typeof ALL | 'undecided'

interface ConsentPage {
  model: 'opt-in' | 'opt-out' | 'opt-out, or opt-in after a refusal'
  decision: Decision
  /** JavaScript that runs before Analytics.js is told to load. */
  before?: string
  /** An expression for the plugins of the npm package. */
  plugins?: string
  /** By Segment's snippet instead of the npm package. */
  isSnippet?: boolean
}

/** As Segment's snippet, which loads Analytics.js from the CDN when it is told to. */
const SNIPPET = `
  const calls = window.analytics = []
  for (const method of ['track', 'identify', 'page', 'group', 'alias', 'ready', 'reset', 'addSourceMiddleware', 'addDestinationMiddleware', 'register', 'on'])
    calls[method] = (...args) => { calls.push([method, ...args]); return calls }
  calls.load = (key, options) => {
    calls._writeKey = key
    calls._cdn = location.origin
    calls._loadOptions = options
    document.head.append(Object.assign(document.createElement('script'), { src: '/standalone.js' }))
  }
`

/** A page with a banner, Analytics.js in the wrapper, and two calls that are made at once. */
const toScript = ({ model, decision, before = '', plugins = '[]', isSnippet = false }: ConsentPage): string => `
  window.banner = {
    isOpen: ${String(decision === 'undecided')},
    choices: ${JSON.stringify(decision === 'undecided' ? NOTHING : decision)},
    listeners: [],
    decide(choices) {
      banner.choices = choices
      banner.isOpen = false
      banner.listeners.forEach((listener) => listener(choices))
    }
  }
  const withConsent = createWrapper({
    shouldLoadSegment: async (context) => {
      const consentModel = ${model === 'opt-out, or opt-in after a refusal' ? `banner.choices.Support ? 'opt-out' : 'opt-in'` : `'${model}'`}
      if (consentModel === 'opt-in') await resolveWhen(() => !banner.isOpen, 100)
      context.load({ consentModel })
    },
    getCategories: () => banner.choices,
    registerOnConsentChanged: (listener) => banner.listeners.push(listener)
  })
  ${isSnippet ? SNIPPET : 'window.analytics = new AnalyticsBrowser()'}
  withConsent(analytics)
  const load = async () => {
    ${before}
    const options = { integrations: { 'Segment.io': window.isSegmentOn ?? false } }
    const plugins = await ${plugins}
    analytics.load(${isSnippet ? 'writeKey' : '{ writeKey, cdnURL: location.origin, plugins }'}, options)
  }
  load()
  analytics.identify('u1', { email: 'ada@example.com' }, at)
  analytics.track('Opened', {}, at)
`

interface ConsentVisit extends Visit {
  /** What the page has requested: the first part of the path on its own server, else the host. */
  requests: string[]
  /** The events that went to Segment. */
  sent: Record<string, unknown>[]
}

function readSent(body: string | null): Record<string, unknown> {
  const event: Record<string, unknown> = JSON.parse(body ?? '{}')
  return event
}

async function visit(page: ConsentPage, options: PageOptions = {}): Promise<ConsentVisit> {
  const context = await site.newContext()
  const requests: string[] = []
  const sent: Record<string, unknown>[] = []
  context.on('request', (request) => {
    const { hostname, pathname } = new URL(request.url())
    requests.push(hostname === '127.0.0.1' ? (pathname.split('/')[1] ?? '') : hostname)
    if (hostname === 'api.segment.io' && /\/[ti]$/.test(pathname)) sent.push(readSent(request.postData()))
  })
  const shop = await site.visit({ from: 'consent', cdn: CDN, script: toScript(page), context, ...options })
  return { ...shop, requests, sent }
}

const decide = (shop: Visit, choices: object) => shop.read(`banner.decide(${JSON.stringify(choices)})`)

/** Lets a minute pass in the page, and every request that it starts. */
async function settle(shop: Visit): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) {
    await shop.page.clock.runFor(1000)
    await shop.read(`fetch('/elsewhere').then(() => true)`)
  }
}

/** The hosts and files that a page asks for, without the barrier of `settle`. */
const asked = ({ requests }: ConsentVisit) => [...new Set(requests)].filter((one) => one !== 'elsewhere')

const PAGE = ['page', 'consent.js']
const WIDGET = 'widget.intercom.io'
const BOOT_OF_ADA = ['boot', { ...BOOT, user_id: 'u1', email: 'ada@example.com' }]
const CALLS = [BOOT_OF_ADA, ['trackEvent', 'Opened']]
const CHANGED = ['trackEvent', 'Segment Consent Preference Updated']

describe('opt-in: nothing runs before the visitor agrees', () => {
  test.each([['from npm'], ['by the snippet']])(
    'before the decision nothing is loaded, and afterwards what waited arrives, %s',
    async (title) => {
      const isSnippet = title === 'by the snippet'
      const shop = await visit({ model: 'opt-in', decision: 'undecided', isSnippet })
      await settle(shop)
      expect(asked(shop)).toEqual(PAGE)
      expect(await shop.read('[typeof window.Intercom, document.cookie]')).toEqual(['undefined', ''])
      await decide(shop, ALL)
      await shop.until('window.received?.length >= 3')
      await settle(shop)
      // The wrapper tracks the decision, which the preset for events takes as any other.
      expect(await shop.received()).toEqual([...CALLS, CHANGED])
      expect(asked(shop)).toContain(WIDGET)
      expect(shop.complaints).toEqual([])
    }
  )

  test('without the category of the destination neither our script nor Intercom’s is loaded, also not by a later change', async () => {
    const shop = await visit({ model: 'opt-in', decision: 'undecided' })
    await decide(shop, WITHOUT_SUPPORT)
    await settle(shop)
    expect(asked(shop)).toEqual([...PAGE, 'v1'])
    // Segment's documentation of the wrapper: it takes the next page.
    await decide(shop, ALL)
    await settle(shop)
    expect(asked(shop)).toEqual([...PAGE, 'v1'])
    expect(await shop.read('typeof window.Intercom')).toBe('undefined')
  })

  test('without any category only the settings are read', async () => {
    const shop = await visit({ model: 'opt-in', decision: NOTHING, before: 'window.isSegmentOn = true' })
    await settle(shop)
    expect(asked(shop)).toEqual([...PAGE, 'v1'])
  })

  test('a consent that is withdrawn has no effect before the next page, unless a middleware looks', async () => {
    const withdraw = async (shop: ConsentVisit) => {
      await shop.until('window.received?.length >= 2')
      await decide(shop, WITHOUT_SUPPORT)
      await shop.read(`analytics.track('Later', {}, at)`)
      await settle(shop)
      return shop.received()
    }
    const plain = await visit({ model: 'opt-in', decision: ALL })
    expect(await withdraw(plain)).toEqual([...CALLS, CHANGED, ['trackEvent', 'Later']])
    const before = `
      analytics.addDestinationMiddleware('Intercom Web (Actions)', ({ payload, next }) =>
        next(payload.obj.context?.consent?.categoryPreferences?.Support ? payload : null)
      )
    `
    expect(await withdraw(await visit({ model: 'opt-in', decision: ALL, before }))).toEqual(CALLS)
  })

  test('a trigger keeps the event of the decision out of Intercom', async () => {
    const subscribe = 'type = "track" and event != "Segment Consent Preference Updated"'
    const mapping = { event_name: { '@path': '$.event' } }
    const subscriptions = [{ partnerAction: 'trackEvent', enabled: true, subscribe, mapping }]
    const shop = await visit({ model: 'opt-in', decision: 'undecided' }, { settings: { subscriptions } })
    await decide(shop, ALL)
    await shop.until('window.received?.length >= 2')
    await settle(shop)
    expect(await shop.received()).toEqual([
      ['boot', BOOT],
      ['trackEvent', 'Opened']
    ])
  })
})

describe('opt-out: everything runs until the visitor refuses', () => {
  test('a refusal stops the events at once', async () => {
    const shop = await visit({ model: 'opt-out', decision: ALL })
    await shop.until('window.received?.length >= 2')
    await decide(shop, WITHOUT_SUPPORT)
    await shop.read(`analytics.track('Later', {}, at)`)
    await settle(shop)
    expect(await shop.received()).toEqual(CALLS)
  })

  test('after a refusal of an earlier visit Intercom’s script is loaded, and the Messenger booted for a stranger', async () => {
    const shop = await visit({ model: 'opt-out', decision: WITHOUT_SUPPORT })
    await shop.until('window.received?.length >= 1')
    await settle(shop)
    expect(asked(shop)).toEqual([...PAGE, 'v1', 'intercom-web.js', WIDGET])
    expect(await shop.received()).toEqual([['boot', BOOT]])
  })

  test('nothing of it is loaded if the page chooses opt-in for those who have refused', async () => {
    const model = 'opt-out, or opt-in after a refusal'
    const refused = await visit({ model, decision: WITHOUT_SUPPORT })
    await settle(refused)
    expect(asked(refused)).toEqual([...PAGE, 'v1'])
    const others = await visit({ model, decision: ALL })
    await others.until('window.received?.length >= 2')
    expect(await others.received()).toEqual(CALLS)
  })
})

describe('what decides whether the wrapper knows the destination', () => {
  test('a destination without categories in Segment’s settings is loaded without consent', async () => {
    const cdn = { ...CDN, integrations: { 'Segment.io': { apiKey: 'key' } } }
    const shop = await visit({ model: 'opt-in', decision: WITHOUT_SUPPORT }, { cdn })
    await shop.until('window.received?.length >= 2')
    expect(await shop.received()).toEqual(CALLS)
  })

  test('the factory from npm obeys, plugins that the site makes itself do not', async () => {
    const page = { model: 'opt-in', decision: WITHOUT_SUPPORT } as const
    const factory = await visit({ ...page, plugins: '[intercomWeb]' })
    await settle(factory)
    expect(asked(factory)).toEqual([...PAGE, 'v1'])
    for (const model of ['opt-in', 'opt-out'] as const) {
      const plugins = `intercomWeb({ appId: 'abc123' })`
      const own = await visit({ ...page, model, plugins }, { cdn: { ...CDN, remotePlugins: [] } })
      await own.until('window.received?.length >= 2')
      expect(await own.received()).toEqual(CALLS)
    }
  })
})

test('what Segment gets of a page: the consent of the moment, and the destinations that its settings mark', async () => {
  const marked = { ...CDN.integrations, [NAME]: { ...CDN.integrations[NAME], bundlingStatus: 'bundled' } }
  const sentTo = async (cdn: object) => {
    const shop = await visit({ model: 'opt-in', decision: ALL, before: 'window.isSegmentOn = true' }, { cdn })
    await shop.until('window.received?.length >= 2')
    await settle(shop)
    return shop.sent.find(({ type }) => type === 'track')
  }
  const context = { consent: { categoryPreferences: ALL }, library: { name: 'analytics.js' } }
  expect(await sentTo(CDN)).toMatchObject({ context, _metadata: { bundled: ['Segment.io'], unbundled: [] } })
  expect(await sentTo({ ...CDN, integrations: marked })).toMatchObject({
    _metadata: { bundled: [NAME, 'Segment.io'] }
  })
})
