import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { JsonObject, LossInWords, SubscriptionRow } from '../../contract'
import { findBuiltFolder, THREAD_FILE } from '../built-files'
import { isJsonObject } from '../../json-guards'
import { messageOf } from '@intercom-destinations/cli'

/** A Messenger in memory answers in milliseconds, so a run of this length hangs. */
const LONGEST_RUN_MS = 5000

/**
 * The thread runs one event at a time and keeps none. Without a limit, Node lets what events leave behind pile up to
 * a hundred megabytes before it is collected.
 */
const MEMORY = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 256 } as const

/** One event for the thread. */
export interface WebJob {
  readonly event: JsonObject
  readonly configuration: WebConfiguration
  /** The indexes of the mappings that take the event. */
  readonly takers: readonly number[]
}

export interface WebConfiguration {
  readonly settings: JsonObject
  readonly subscriptions: readonly SubscriptionRow[]
}

/** A job as a message. The configuration is large, so it is sent only when it has changed. */
export type WebMessage = Pick<WebJob, 'event' | 'takers'> & Partial<Pick<WebJob, 'configuration'>>

/** The result of one mapping, as the command line traces it. */
export interface WebRun {
  readonly payload: JsonObject
  readonly sent: readonly { readonly call: string; readonly body: unknown }[]
  readonly losses: readonly LossInWords[]
  readonly doubtful: readonly LossInWords[]
  readonly failure: string | undefined
}

/** One run for each mapping, or why there is none. */
export type WebAnswer = { readonly runs: readonly WebRun[] } | { readonly failure: string }

/**
 * The thread that runs the web destination: it needs a `window` in `globalThis`, and this process must not have one.
 * It starts with the first event, and again after a crash or a hang.
 */
export class WebThread {
  #worker: Worker | undefined
  /** The configuration that the thread has. */
  #sentConfiguration: WebConfiguration | undefined
  #isClosed = false
  #turn: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly longestRunMs = LONGEST_RUN_MS,
    private readonly file = path.join(findBuiltFolder(), THREAD_FILE)
  ) {}

  /** Runs one event at a time, in the order of the calls. Never rejects. */
  run(job: WebJob): Promise<WebAnswer> {
    const answer = this.#turn.then(() => this.#ask(job))
    this.#turn = answer
    return answer
  }

  /** Ends the thread. A running event fails with a reason. */
  async close(): Promise<void> {
    this.#isClosed = true
    const worker = this.#worker
    this.#worker = undefined
    await worker?.terminate()
  }

  #ask(job: WebJob): Promise<WebAnswer> {
    if (this.#isClosed) return Promise.resolve({ failure: 'The workbench is closing.' })
    return new Promise((resolve) => {
      const worker = this.#open()
      const settle = (answer: WebAnswer) => {
        clearTimeout(timer)
        worker.off('message', onMessage).off('error', onError).off('exit', onExit)
        resolve(answer)
      }
      const giveUp = (failure: string) => {
        settle({ failure })
        // A late error of an abandoned thread must not end the process.
        worker.on('error', () => undefined)
        if (this.#worker === worker) this.#worker = undefined
        void worker.terminate()
      }
      const onMessage = (message: unknown) => {
        settle(isAnswer(message) ? message : { failure: 'The web destination gave an invalid answer.' })
      }
      const onError = (error: Error) => {
        giveUp(`The web destination crashed: ${error.message}`)
      }
      const onExit = () => {
        giveUp('The thread of the web destination ended during this event.')
      }
      const timer = setTimeout(() => {
        giveUp(`The web destination did not finish within ${this.longestRunMs / 1000} seconds.`)
      }, this.longestRunMs)
      worker.on('message', onMessage).on('error', onError).on('exit', onExit)
      try {
        worker.postMessage(this.#toMessage(job))
      } catch (error) {
        this.#sentConfiguration = undefined
        settle({ failure: `The event cannot be passed to the web destination: ${messageOf(error)}` })
      }
    })
  }

  #toMessage({ event, takers, configuration }: WebJob): WebMessage {
    if (this.#sentConfiguration === configuration) return { event, takers }
    this.#sentConfiguration = configuration
    return { event, takers, configuration }
  }

  #open(): Worker {
    if (!this.#worker) {
      this.#sentConfiguration = undefined
      this.#worker = new Worker(this.file, { stdout: true, stderr: true, resourceLimits: MEMORY })
      // The thread does not keep the process alive.
      this.#worker.unref()
      // What the plugin prints is discarded; unread it would fill the memory.
      this.#worker.stdout.resume()
      this.#worker.stderr.resume()
    }
    return this.#worker
  }
}

/** Answers come from our own thread, so the form of a run is not checked again. */
const isAnswer = (message: unknown): message is WebAnswer =>
  isJsonObject(message) && (Array.isArray(message.runs) || typeof message.failure === 'string')
