import { NO_SUBSCRIPTION, toFields, type Verdict } from '@intercom-destinations/delivery'
import { deliver } from './deliver'
import { logLosses } from './loss-log'
import { eventNotSupported, invalidEventPayload, retryError, type BatchResult } from './runtime'
import { SettingsError, toConfiguration, type Configuration } from './settings'

/** Delivers one event. Resolves when it is delivered, and throws the error of the runtime that says what became of it. */
export async function onEvent(event: unknown, settings: unknown): Promise<void> {
  const [verdict] = await deliver([event], readSettings(settings))
  if (!verdict) return
  logLosses([verdict])
  throwUnlessDone(verdict)
}

/** Erases the person of a deletion request. */
export function onDelete(event: unknown, settings: unknown): Promise<void> {
  return onEvent({ ...toFields(event), type: 'delete' }, settings)
}

/** Delivers a batch of events of any type. One result for each, in order. */
export async function onBatch(events: readonly unknown[], settings: unknown): Promise<BatchResult[]> {
  const verdicts = await deliver(events, readSettings(settings))
  logLosses(verdicts)
  return verdicts.map(toBatchResult)
}

/** Wrong settings are no property of the event: it is kept until they are corrected, for up to four hours. */
function readSettings(settings: unknown): Configuration {
  try {
    return toConfiguration(settings)
  } catch (thrown) {
    throw thrown instanceof SettingsError ? retryError(thrown.message) : thrown
  }
}

function throwUnlessDone({ status, reason = '' }: Verdict): void {
  switch (status) {
    case 'delivered':
      return
    case 'ignored':
      // The runtime's word for an event that nothing is configured for. An event that a mapping leaves out is done.
      if (reason === NO_SUBSCRIPTION) throw eventNotSupported(reason)
      return
    case 'rejected':
      throw invalidEventPayload(reason)
    case 'retry':
      throw retryError(reason)
  }
}

function toBatchResult({ status, reason }: Verdict): BatchResult {
  const errormessage = reason === undefined ? {} : { errormessage: reason }
  switch (status) {
    case 'delivered':
    case 'ignored':
      return { status: 200 }
    case 'rejected':
      return { status: 400, ...errormessage }
    case 'retry':
      return { status: 500, ...errormessage }
  }
}
