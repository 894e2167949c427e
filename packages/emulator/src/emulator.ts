import { answerRequest, answerStatusFault } from './answer-request'
import type { EmulatorOptions } from './emulator-options'
import { startRun } from './emulator-run'
import { createStateView, type EmulatorState } from './emulator-state'
import { applyFaults, type FaultTarget } from './http/apply-faults'
import { ConnectionDropped, Faults, type Fault } from './http/faults'
import { readRequest, toResponse } from './http/message'
import { RequestLog, type RecordedRequest } from './http/request-log'
import { waitByTimer } from './http/wait'
import {
  openMessengerSession,
  type MessengerSession,
  type MessengerSessionOptions
} from './messenger/messenger-session'
import { seedStore, type Seed, type Seeded } from './model/seed'

export interface Emulator {
  /** Answers as Intercom's REST API would, for any host. Works detached from the emulator. */
  readonly fetch: (input: Request | URL | string, init?: RequestInit) => Promise<Response>
  /** The requests answered, oldest first, up to `keptRequests`; emptied by `reset()`. */
  readonly requests: readonly RecordedRequest[]
  readonly state: EmulatorState
  /** Adds data without a request and without validation. */
  readonly seed: (seed: Seed) => Seeded
  /** Opens the Messenger of one browser, whose calls write people, companies and events into the workspace. */
  readonly openMessenger: (options?: MessengerSessionOptions) => MessengerSession
  /** Makes the next matching requests fail. Returns a function that switches the fault off. */
  readonly fault: (fault: Fault) => () => void
  /** Restores the initial seed: no requests, no faults, the same ids again. */
  readonly reset: () => void
}

/** An Intercom workspace in memory. */
export const createEmulator = (options: EmulatorOptions = {}): Emulator => {
  const { faultSeed = 1, keptRequests = Infinity, wait = waitByTimer } = options
  const faults = new Faults(faultSeed)
  const log = new RequestLog(keptRequests)
  let run = startRun(options)

  const fetch: Emulator['fetch'] = async (input, init) => {
    const request = new Request(input, init)
    const incoming = await readRequest(request)
    const requestId = run.workspace.ids.request()
    const target: FaultTarget = {
      answer: (indexLag) => answerRequest(incoming, requestId, run, indexLag),
      answerStatus: (fault) => answerStatusFault(fault, requestId, run),
      wait,
      signal: request.signal
    }
    const found = faults.take(incoming.method, incoming.url.pathname)
    const outgoing = await applyFaults(found, target).catch((error: unknown) => {
      if (request.signal.aborted) log.add(incoming, undefined)
      throw error
    })
    log.add(incoming, outgoing)
    if (outgoing === undefined) throw new ConnectionDropped()
    return toResponse(outgoing, requestId, run.id)
  }

  return {
    fetch,
    requests: log.requests,
    state: createStateView(() => run.workspace.store),
    seed: (seed) => seedStore(seed, run.workspace),
    openMessenger: (session) => openMessengerSession(() => run.workspace, session),
    fault: (fault) => faults.add(fault),
    reset: () => {
      log.clear()
      faults.clear()
      run = startRun(options)
    }
  }
}
