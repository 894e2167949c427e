import { traceWeb, type TracedRun } from '@intercom-destinations/cli'
import type { SegmentEvent } from '@segment/actions-core'
import { parentPort } from 'node:worker_threads'
import type { WebAnswer, WebConfiguration, WebMessage } from './engine/web-worker'
import { messageOf } from './message-of'

/** The latest one told. */
let configuration: WebConfiguration = { settings: {}, subscriptions: [] }

// The thread that has a page: it runs one event after another through the web destination.
parentPort?.on('message', (message: unknown) => {
  void answer(message).then((told) => {
    parentPort?.postMessage(told)
  })
})

async function answer(message: unknown): Promise<WebAnswer> {
  try {
    if (!isMessage(message)) throw new TypeError('this is nothing that the thread is asked')
    configuration = message.configuration ?? configuration
    const { settings, subscriptions } = configuration
    const rows = message.takers.flatMap((place) => subscriptions[place] ?? [])
    const side = await traceWeb(message.event, { settings, subscriptions: rows })
    return { runs: side.subscriptions.map(({ run }) => toPlain(run ?? NOT_RUN)) }
  } catch (error) {
    return { failure: messageOf(error) }
  }
}

const NOT_RUN: TracedRun = {
  payload: {},
  sent: [],
  losses: [],
  doubtful: [],
  failure: 'The web plugin did not take the event.'
}

/** A call may hold what cannot be handed over, such as a function. */
const toPlain = (run: TracedRun) => ({
  ...run,
  sent: run.sent.map(({ call, body }) => ({ call, body: toPlainBody(body) }))
})

function toPlainBody(body: unknown): unknown {
  const plain: unknown = JSON.parse(JSON.stringify(body ?? null))
  return plain
}

/** Only the server of this page speaks here. */
const isMessage = (message: unknown): message is WebMessage & { readonly event: SegmentEvent } =>
  typeof message === 'object' && message !== null && 'event' in message && 'takers' in message
