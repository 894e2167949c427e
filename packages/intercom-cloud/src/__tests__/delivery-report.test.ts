import { createRequestClient, Destination, MultiStatusResponse } from '@segment/actions-core'
import { toRecord } from '@intercom-destinations/shared-mapping'
import { intercomCloud } from '..'
import { reportLosses, toHostReport } from '../delivery-report'
import { Workspaces } from '../state/workspace'
import { toPerform } from '../batch/perform-batch'
import { NOW, openWorkspace, toEvent, toSettings, withoutNetwork } from '../test-support/workspace'

const TIMING = { now: () => NOW, sleep: () => Promise.resolve(), random: () => 0 }

withoutNetwork()

const seed = { contacts: [{ role: 'user', external_id: 'u1' }] } as const
const lossy = { type: 'track', userId: 'u1', event: 'Opened', properties: { cart: {}, seats: 3 } } as const
const NESTED = [{ path: 'metadata.cart', reason: 'nested-value' }]

const fails = () => {
  throw new Error('the host is broken')
}
const failsLater = () => Promise.reject(new Error('the host is broken'))
const throwing: object = new Proxy({}, { get: fails })

/** Values that hosts may pass as `logger` and `statsContext`: JavaScript hosts have no type checks. */
const HOSTS: [string, object][] = [
  ['a logger without methods', { logger: {} }],
  ['no logger', { logger: undefined }],
  ['null as logger', { logger: null }],
  ['a logger that is a text', { logger: 'console' }],
  ['a logger whose method is no function', { logger: { warn: true } }],
  ['a logger that throws', { logger: { warn: fails } }],
  ['a logger whose promise fails', { logger: { warn: failsLater } }],
  ['a logger whose promise is broken', { logger: { warn: () => throwing } }],
  ['a logger that throws when it is looked at', { logger: throwing }]
]
const failsOnLosses = (name: string) => (name === 'intercom.loss' ? fails() : undefined)
const failsLaterOnLosses = (name: string) => (name === 'intercom.loss' ? failsLater() : undefined)
const STATS: [string, object][] = [
  ['no stats client', { statsContext: {} }],
  ['no stats context', { statsContext: undefined }],
  ['a stats client that throws', { statsContext: { statsClient: { incr: failsOnLosses }, tags: [] } }],
  ['a stats client whose promise fails', { statsContext: { statsClient: { incr: failsLaterOnLosses }, tags: [] } }]
]
/** actions-core itself fails with these before an action runs; other hosts may not. */
const BROKEN_STATS: [string, object][] = [
  ['null as stats context', { statsContext: null }],
  ['null as stats client', { statsContext: { statsClient: null, tags: null } }],
  ['a stats client without methods', { statsContext: { statsClient: {}, tags: [] } }],
  ['tags that are no list', { statsContext: { statsClient: { incr: () => undefined }, tags: 5 } }],
  ['a stats context that throws', { statsContext: throwing }]
]

/** Calls like a JavaScript host, without type checks. */
function call(method: (...args: never[]) => unknown, ...args: unknown[]): unknown {
  const returned: unknown = Reflect.apply(method, undefined, args)
  return returned
}

function openDestination() {
  return new Destination(intercomCloud({ now: () => NOW }))
}

function toSubscriptions() {
  const { subscriptions, ...settings } = toSettings()
  const all: unknown[] = Array.isArray(subscriptions) ? subscriptions : []
  return { ...settings, subscriptions: all.filter((one) => toRecord(one)?.partnerAction === 'trackEvent') }
}

/** An unhandled rejection ends a Node process. */
async function countUnhandled(run: () => Promise<void>): Promise<number> {
  let count = 0
  const note = () => (count += 1)
  process.on('unhandledRejection', note)
  try {
    await run()
    await new Promise(setImmediate)
  } finally {
    process.off('unhandledRejection', note)
  }
  return count
}

describe('reporting a loss never fails a delivery', () => {
  test.each([...HOSTS, ...STATS])('a single event, %s', async (_title, host) => {
    const { emulator } = openWorkspace({ seed })
    const unhandled = await countUnhandled(async () => {
      const destination = openDestination()
      const results = await call(destination.onEvent.bind(destination), toEvent(lossy), toSettings(), host)
      expect(results).toContainEqual({ output: 'Action Executed', data: { losses: NESTED } })
    })
    expect(emulator.state.events).toMatchObject([{ metadata: { seats: 3 } }])
    expect(unhandled).toBe(0)
  })

  test.each([...HOSTS, ...STATS])('a batch, %s', async (_title, host) => {
    const { emulator } = openWorkspace({ seed })
    const unhandled = await countUnhandled(async () => {
      const destination = openDestination()
      const events = [lossy, { ...lossy, event: 'Closed' }].map(toEvent)
      const results = await call(destination.onBatch.bind(destination), events, toSubscriptions(), host)
      const verdict = { status: 200, body: { losses: NESTED } }
      expect(results).toMatchObject([{ multistatus: [verdict, verdict] }])
    })
    expect(emulator.state.events).toHaveLength(2)
    expect(unhandled).toBe(0)
  })

  test.each([...HOSTS, ...STATS, ...BROKEN_STATS])('the report itself, %s', async (_title, host) => {
    const unhandled = await countUnhandled(() => {
      expect(call(reportLosses, [{ path: 'name', reason: 'not-text' }], host)).toBeUndefined()
      return Promise.resolve()
    })
    expect(unhandled).toBe(0)
  })

  test('a failing logger does not prevent counts, and a failing count does not prevent the next', () => {
    const counted: unknown[] = []
    const incr = (...args: unknown[]) => {
      counted.push(args)
      throw new Error('the host is broken')
    }
    const losses = [
      { path: 'name', reason: 'not-text' },
      { path: 'metadata.a\nb', reason: 'nested-value' }
    ]
    call(reportLosses, losses, { logger: { warn: fails }, statsContext: { statsClient: { incr }, tags: ['a:b'] } })
    expect(counted).toEqual([
      ['intercom.loss', 1, ['a:b', 'reason:not-text', 'path:name']],
      ['intercom.loss', 1, ['a:b', 'reason:nested-value', 'path:metadata.a b']]
    ])
  })
})

describe('doubtful values are separate from losses', () => {
  const LEFT_OUT = { path: 'metadata.cart', reason: 'nested-value' } as const
  const DOUBTED = { path: 'company', reason: 'unnamed-company' } as const
  const OTHER = { path: 'company.size', reason: 'rounded' } as const

  /** An action with one loss and one doubtful value. */
  function openAction() {
    const dependencies = {
      ...TIMING,
      workspaces: new Workspaces(TIMING)
    }
    const { perform, performBatch } = toPerform(dependencies, 'trackEvent', {
      read: (losses: (typeof LEFT_OUT | typeof DOUBTED | typeof OTHER)[]) => ({ losses }),
      toPersonKey: () => ({}),
      send: (_session, { losses }) => Promise.resolve({ contactId: '1a', losses })
    })
    const warn = jest.fn()
    const incr = jest.fn()
    const listeners = { logger: { warn }, statsContext: { statsClient: { incr }, tags: ['a:b'] } }
    const input = (payload: unknown) => ({ settings: {}, payload, ...listeners })
    return {
      warn,
      incr,
      one: (payload: unknown) => call(perform, createRequestClient(), input(payload)),
      batch: async (...payload: unknown[]) => {
        const response = await call(performBatch, createRequestClient(), input(payload))
        return response instanceof MultiStatusResponse
          ? response.getAllResponses().map((each) => each.value())
          : response
      }
    }
  }

  test('in the result of a single event', async () => {
    const { one } = openAction()
    expect(await one([DOUBTED, LEFT_OUT, OTHER])).toEqual({
      contactId: '1a',
      losses: [LEFT_OUT],
      doubtful: [DOUBTED, OTHER]
    })
    expect(await one([LEFT_OUT])).toEqual({ contactId: '1a', losses: [LEFT_OUT] })
    expect(await one([DOUBTED])).toEqual({ contactId: '1a', losses: [], doubtful: [DOUBTED] })
    expect(await one([])).toEqual({ contactId: '1a', losses: [] })
  })

  test('in the result of each event of a batch', async () => {
    const { batch } = openAction()
    const verdict = (body: object) => ({ status: 200, sent: 'trackEvent', body: { contactId: '1a', ...body } })
    expect(await batch([DOUBTED, LEFT_OUT], [], [LEFT_OUT], [OTHER, DOUBTED])).toEqual([
      verdict({ losses: [LEFT_OUT], doubtful: [DOUBTED] }),
      verdict({ losses: [] }),
      verdict({ losses: [LEFT_OUT] }),
      verdict({ losses: [], doubtful: [OTHER, DOUBTED] })
    ])
  })

  const LINE =
    'Intercom: metadata.cart was left out: Intercom stores single values only, not objects or lists; ' +
    'company was sent, but: Intercom may ignore a new company that has no name'

  test.each(['one', 'batch'] as const)('in the log line and in the counts, for %s', async (door) => {
    const kit = openAction()
    await kit[door]([LEFT_OUT, DOUBTED])
    expect(kit.warn.mock.calls).toEqual([[LINE]])
    expect(kit.incr.mock.calls).toEqual([
      ['intercom.loss', 1, ['a:b', 'reason:nested-value', 'path:metadata.cart']],
      ['intercom.doubtful', 1, ['a:b', 'reason:unnamed-company', 'path:company']]
    ])
  })

  test('does not log an event without either', async () => {
    const { one, batch, warn, incr } = openAction()
    await one([])
    await batch([], [])
    expect([warn.mock.calls, incr.mock.calls]).toEqual([[], []])
  })

  test('does not change the report of the action', () => {
    const report = { companyId: '9', losses: [DOUBTED, LEFT_OUT] }
    expect(toHostReport(report)).toEqual({ companyId: '9', losses: [LEFT_OUT], doubtful: [DOUBTED] })
    expect(report).toEqual({ companyId: '9', losses: [DOUBTED, LEFT_OUT] })
  })
})
