import { messageOf, traceWeb, type TracedRun } from '@intercom-destinations/cli'
import type { SegmentEvent } from '@segment/actions-core'
import { parentPort } from 'node:worker_threads'
import type { WebAnswer, WebConfiguration, WebMessage } from './engine/web-worker'

/** The configuration that was sent last. */
let configuration: WebConfiguration = { settings: {}, subscriptions: [] }

// This thread has a `window`. It runs events through the web destination, one at a time.
parentPort?.on('message', (message: unknown) => {
  void answer(message).then((result) => {
    parentPort?.postMessage(result)
  })
})

async function answer(message: unknown): Promise<WebAnswer> {
  try {
    if (!isMessage(message)) throw new TypeError('This is no message for the thread.')
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

/** Drops what cannot be posted between threads, such as functions. */
const toPlain = (run: TracedRun) => ({
  ...run,
  sent: run.sent.map(({ call, body }) => ({ call, body: toPlainBody(body) }))
})

function toPlainBody(body: unknown): unknown {
  const plain: unknown = JSON.parse(JSON.stringify(body ?? null))
  return plain
}

/** Messages come from the workbench's own server only. */
const isMessage = (message: unknown): message is WebMessage & { readonly event: SegmentEvent } =>
  typeof message === 'object' && message !== null && 'event' in message && 'takers' in message
