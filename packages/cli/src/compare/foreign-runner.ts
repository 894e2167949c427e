import {
  HTTP_STATUS,
  toThrownOutcome,
  type ActionRunner,
  type Erasure,
  type Outcome,
  type Subscription
} from '@intercom-destinations/delivery'
import type { SegmentEvent } from '@segment/actions-core'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { messageOf } from '../text/message-of'
import { ComparisonError } from './comparison-error'
import { readWorkerMessage } from './read-worker-message'
import type { ForeignDefinition, WorkerCall, WorkerMessage, WorkerStart } from './worker-messages'

const WORKER = 'compare-worker.js'
/** The built file is beside the bundle or one folder above its chunks. Tests run the sources and use the build. */
const FOLDERS = [__dirname, path.dirname(__dirname), path.resolve(__dirname, '..', '..', 'dist')]

/** Milliseconds. Segment gives a destination less for one event. */
const LONGEST_CALL_MS = 30_000
/** What a large package may need to load on a slow disk. */
const LONGEST_START_MS = 60_000

/** From this message, thrown for every event, it is known that fast-uri is too new for the module's validation. */
const FAST_URI_FAILURE = 'URI scheme is malformed.'
const FAST_URI_ADVICE =
  'The validation of the other destination refuses every event, because fast-uri from 3.1.6 on does not take the name of the destination. Install the module with the override "fast-uri": "3.1.5", as docs/compare.md shows.'

interface Waiting {
  readonly settle: (outcome: Outcome) => void
}

/** Runs another destination definition in a thread, with its own actions-core. */
export class ForeignRunner implements ActionRunner {
  readonly definition: ForeignDefinition
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #lastId = 0
  #problem: string | undefined

  private constructor(worker: Worker, definition: ForeignDefinition) {
    this.#worker = worker
    this.definition = definition
    worker.on('message', (message: unknown) => {
      this.#receive(readWorkerMessage(message))
    })
    worker.on('error', (error) => {
      this.#fail(`The other destination crashed: ${messageOf(error)}`)
    })
    worker.on('exit', () => {
      this.#fail('The other destination ended its thread.')
    })
  }

  /** Loads the module in a new thread. Rejects with a `ComparisonError` if it cannot be used. */
  static async open(start: WorkerStart): Promise<ForeignRunner> {
    const worker = new Worker(findWorkerFile(), { workerData: start, env: {}, stdout: true, stderr: true })
    // What the module prints is no part of the result; unread it would fill the memory.
    worker.stdout.resume()
    worker.stderr.resume()
    try {
      return new ForeignRunner(worker, await toDefinition(worker, start.module))
    } catch (error) {
      worker.on('error', () => undefined)
      await worker.terminate()
      throw error
    }
  }

  /** Why nothing more can be compared; `undefined` while the thread works. */
  get problem(): string | undefined {
    return this.#problem
  }

  async run({ action, mapping }: Subscription, events: readonly SegmentEvent[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = []
    for (const event of events) outcomes.push(await this.#call({ action, mapping, event }))
    return outcomes
  }

  /** Deletions are not compared. */
  erase(): Promise<Erasure> {
    return Promise.resolve({ status: 'not-found' })
  }

  async close(): Promise<void> {
    this.#problem ??= 'The comparison has ended.'
    await this.#worker.terminate()
  }

  #call(call: Omit<WorkerCall, 'id'>): Promise<Outcome> {
    const id = (this.#lastId += 1)
    return new Promise((resolve) => {
      if (this.#problem !== undefined) {
        resolve({ kind: 'rejected', reason: this.#problem })
        return
      }
      const timer = setTimeout(() => {
        this.#fail(`The other destination did not finish an event within ${LONGEST_CALL_MS / 1000} seconds.`)
      }, LONGEST_CALL_MS)
      this.#waiting.set(id, {
        settle: (outcome) => {
          clearTimeout(timer)
          this.#waiting.delete(id)
          resolve(outcome)
        }
      })
      this.#worker.postMessage({ id, ...call } satisfies WorkerCall)
    })
  }

  #receive(message: WorkerMessage | undefined): void {
    if (message?.kind === 'done') this.#waiting.get(message.id)?.settle({ kind: 'delivered', losses: [], doubtful: [] })
    if (message?.kind !== 'failed') return
    if (message.message === FAST_URI_FAILURE) this.#fail(FAST_URI_ADVICE)
    else this.#waiting.get(message.id)?.settle(toOutcome(message))
  }

  #fail(problem: string): void {
    this.#problem ??= problem
    for (const { settle } of [...this.#waiting.values()]) settle({ kind: 'rejected', reason: this.#problem })
  }
}

function toOutcome({ message, status, isRetryable }: Extract<WorkerMessage, { kind: 'failed' }>): Outcome {
  return toThrownOutcome({ message, status: isRetryable ? (status ?? HTTP_STATUS.serverError) : status })
}

function toDefinition(worker: Worker, module: string): Promise<ForeignDefinition> {
  return new Promise((resolve, reject) => {
    const refuse = (reason: string) => {
      clearTimeout(timer)
      reject(new ComparisonError(reason))
    }
    const timer = setTimeout(() => {
      refuse(`${module} did not load within ${LONGEST_START_MS / 1000} seconds.`)
    }, LONGEST_START_MS)
    worker.once('message', (value: unknown) => {
      const message = readWorkerMessage(value)
      if (message?.kind !== 'ready') {
        refuse(message?.kind === 'unusable' ? message.reason : `${module} has an unusual definition.`)
        return
      }
      clearTimeout(timer)
      resolve(message.definition)
    })
    worker.once('error', (error) => {
      refuse(`${module} cannot be loaded: ${messageOf(error)}`)
    })
    worker.once('exit', () => {
      refuse(`${module} ended its thread while it was loaded.`)
    })
  })
}

function findWorkerFile(): string {
  const files = FOLDERS.map((folder) => path.join(folder, WORKER))
  const found = files.find((file) => existsSync(file))
  if (found === undefined) throw new ComparisonError('This installation cannot compare: a file of it is missing.')
  return found
}
