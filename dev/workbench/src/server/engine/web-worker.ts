import { existsSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { JsonObject, LossInWords, SubscriptionRow } from '../../contract'
import { isJsonObject } from '../../json-guards'
import { messageOf } from '../message-of'

const FILE = 'web-thread.js'
/** Beside the built server; from its source, where tests run it, in the build. */
const FOLDERS = [__dirname, path.resolve(__dirname, '..', '..', '..', 'dist')]

/** A Messenger in memory answers in milliseconds; whatever takes as long as this hangs. */
const LONGEST_RUN_MS = 5000

/** What the thread is asked. */
export interface WebJob {
  readonly event: JsonObject
  readonly configuration: WebConfiguration
  /** The places of the rows that take the event. */
  readonly takers: readonly number[]
}

export interface WebConfiguration {
  readonly settings: JsonObject
  readonly subscriptions: readonly SubscriptionRow[]
}

/** A job on its way: the mappings are the better part of one, so they go over only when they are others. */
export type WebMessage = Pick<WebJob, 'event' | 'takers'> & Partial<Pick<WebJob, 'configuration'>>

/** What came of one row, as the command line traces it. */
export interface WebRun {
  readonly payload: JsonObject
  readonly sent: readonly { readonly call: string; readonly body: unknown }[]
  readonly losses: readonly LossInWords[]
  readonly doubtful: readonly LossInWords[]
  readonly failure: string | undefined
}

/** One run for each row, or why there is none. */
export type WebAnswer = { readonly runs: readonly WebRun[] } | { readonly failure: string }

/**
 * The thread that runs the web destination: it needs a `window` in `globalThis`, and this process must not have one.
 * It starts with the first event, and anew where it crashed or hung.
 */
export class WebThread {
  #worker: Worker | undefined
  /** What the thread knows already. */
  #told: WebConfiguration | undefined
  #isClosed = false
  #turn: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly longestRunMs = LONGEST_RUN_MS,
    private readonly file = findThreadFile()
  ) {}

  /** One event at a time, in the order of asking. Never rejects. */
  run(job: WebJob): Promise<WebAnswer> {
    const answer = this.#turn.then(() => this.#ask(job))
    this.#turn = answer
    return answer
  }

  /** Ends the thread; what is under way fails in words. */
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
        // A late error of a thread that is given up already must not end the process.
        worker.on('error', () => undefined)
        if (this.#worker === worker) this.#worker = undefined
        void worker.terminate()
      }
      const onMessage = (message: unknown) => {
        settle(isAnswer(message) ? message : { failure: 'The web destination answered nothing that can be read.' })
      }
      const onError = (error: Error) => {
        giveUp(`The web destination crashed: ${error.message}`)
      }
      const onExit = () => {
        giveUp('The web destination ended in the middle of this event.')
      }
      const timer = setTimeout(() => {
        giveUp(`The web destination did not come back within ${this.longestRunMs / 1000} seconds.`)
      }, this.longestRunMs)
      worker.on('message', onMessage).on('error', onError).on('exit', onExit)
      try {
        worker.postMessage(this.#toMessage(job))
      } catch (error) {
        this.#told = undefined
        settle({ failure: `The event cannot be handed to the web destination: ${messageOf(error)}` })
      }
    })
  }

  #toMessage({ event, takers, configuration }: WebJob): WebMessage {
    if (this.#told === configuration) return { event, takers }
    this.#told = configuration
    return { event, takers, configuration }
  }

  #open(): Worker {
    if (!this.#worker) {
      this.#told = undefined
      this.#worker = new Worker(this.file, { stdout: true, stderr: true })
      // The thread does not keep the process alive.
      this.#worker.unref()
      // What the plugin prints is discarded; unread it would fill the memory.
      this.#worker.stdout.resume()
      this.#worker.stderr.resume()
    }
    return this.#worker
  }
}

function findThreadFile(): string {
  const files = FOLDERS.map((folder) => path.join(folder, FILE))
  return files.find((file) => existsSync(file)) ?? FILE
}

/** It is our own thread that speaks. */
const isAnswer = (message: unknown): message is WebAnswer =>
  isJsonObject(message) && (Array.isArray(message.runs) || typeof message.failure === 'string')
