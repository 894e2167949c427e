import { EventFileError, findOwnOutput } from '@intercom-destinations/event-file'
import type { OpenRun, RunEnding, StartedRun, Submission, SubmittedLine, Submitted } from '../../contract'
import { Refused } from '../api'
import { readFile, toFileProblem, type PlacedRecord } from './read-files'

interface RefusedLine {
  readonly place: string
  readonly reason: string
}

/** The progress of the files that are sent together. */
export interface FileProgress {
  /** The name of the file, or how many there are. */
  readonly name: string
  readonly files: number
  readonly state: 'reading' | 'done' | 'stopped' | 'broken'
  /** The run that its report is about; absent until the server has named it. */
  readonly run?: string
  /** Bytes of the files themselves, compressed or not. */
  readonly bytesRead: number
  readonly bytes: number
  readonly sent: number
  readonly refusedCount: number
  /** The first of the refused lines. */
  readonly refused: readonly RefusedLine[]
  /** Files that hold no events, each as a sentence with what to do. */
  readonly leftOut: readonly string[]
  /** Why it broke off. */
  readonly problem?: string
}

/** What the server is asked for. */
export interface FileServer {
  readonly open: (run: OpenRun) => Promise<StartedRun>
  readonly send: (submission: Submission) => Promise<Submitted>
  readonly end: (run: string, ending: RunEnding) => Promise<unknown>
}

interface SendFilesOptions {
  readonly server: FileServer
  readonly onProgress: (progress: FileProgress) => void
  readonly stopped: AbortSignal
}

const CHUNK = 200
/** A chunk with long lines is smaller. */
const CHUNK_LETTERS = 512 * 1024
const REFUSED_SHOWN = 50
const UNREADABLE_FILE = 'The file cannot be read on. Was it moved or changed meanwhile?'

const inOrder = (files: readonly File[]): File[] =>
  [...files].sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }))

/** Reads files as streams, in the order of their names, and sends their events in chunks, so that their size does not matter. */
export async function sendFiles(files: readonly File[], options: SendFilesOptions): Promise<void> {
  await new FileSending(files, options).run()
}

class FileSending {
  readonly #files: readonly File[]
  readonly #options: SendFilesOptions
  #now: FileProgress

  constructor(files: readonly File[], options: SendFilesOptions) {
    const own = findOwnOutput(files.map(({ name }) => name))
    this.#files = inOrder(files.filter(({ name }) => !own.includes(name)))
    this.#options = options
    const [only] = this.#files
    const count = this.#files.length
    this.#now = {
      name: only && count === 1 ? only.name : `${count.toLocaleString('en-US')} files`,
      files: count,
      ...{ state: 'reading', bytesRead: 0, sent: 0, refusedCount: 0, refused: [] },
      leftOut: own.map((name) => `${name} is left out: an earlier run wrote it. Drop it alone to deliver it.`),
      bytes: this.#files.reduce((sum, { size }) => sum + size, 0)
    }
  }

  async run(): Promise<void> {
    const { stopped } = this.#options
    this.#advance({})
    try {
      for (const file of this.#files) {
        if (stopped.aborted) break
        await this.#sendFile(file)
      }
      await this.#end(stopped.aborted ? 'stopped' : 'complete')
      this.#advance(stopped.aborted ? { state: 'stopped' } : { state: 'done', bytesRead: this.#now.bytes })
    } catch (error) {
      const problem = toProblem(error)
      this.#advance({ state: 'broken', problem })
      await this.#end('broken-off', problem).catch(() => undefined)
    }
  }

  async #sendFile(file: File): Promise<void> {
    let waiting: PlacedRecord[] = []
    let letters = 0
    const before = this.#now
    const send = async () => {
      const chunk = waiting
      waiting = []
      letters = 0
      if (chunk.length > 0) await this.#send(chunk)
    }
    const onBytes = (count: number) => {
      this.#advance({ bytesRead: this.#now.bytesRead + count })
    }
    try {
      for await (const record of readFile(file, { isOneOfMany: this.#files.length > 1, onBytes })) {
        if (this.#options.stopped.aborted) return
        const length = record.content.kind === 'text' ? record.content.text.length : 0
        if (letters + length > CHUNK_LETTERS) await send()
        waiting.push(record)
        letters += length
        if (waiting.length >= CHUNK) await send()
      }
      await send()
    } catch (error) {
      if (!(error instanceof EventFileError)) throw error
      // What stands before a damaged place is sent, as far as it could be read.
      await send()
      const problem = toFileProblem(file.name, error)
      const { sent, refusedCount, leftOut } = this.#now
      const isBegun = sent + refusedCount > before.sent + before.refusedCount
      const said = isBegun ? `${problem} What stands before that was sent.` : problem
      this.#advance({ leftOut: [...leftOut, said], bytesRead: before.bytesRead + file.size })
    }
  }

  async #send(records: readonly PlacedRecord[]): Promise<void> {
    if (this.#options.stopped.aborted) return
    const { server } = this.#options
    if (this.#now.run === undefined) this.#advance({ run: (await server.open({ title: this.#now.name })).run })
    const { rows, refused } = await server.send({
      source: 'file',
      ...(this.#now.run === undefined ? {} : { run: this.#now.run }),
      lines: records.map(toLine),
      places: records.map(({ place }) => place)
    })
    const lines = refused.map(({ line, reason }) => ({ place: records[line]?.place ?? '', reason }))
    this.#advance({
      sent: this.#now.sent + rows.length,
      refusedCount: this.#now.refusedCount + refused.length,
      refused: [...this.#now.refused, ...lines].slice(0, REFUSED_SHOWN)
    })
  }

  async #end(kind: RunEnding['kind'], reason = ''): Promise<void> {
    if (this.#now.run !== undefined) await this.#options.server.end(this.#now.run, { kind, reason })
  }

  #advance(change: Partial<FileProgress>): void {
    this.#now = { ...this.#now, ...change }
    this.#options.onProgress(this.#now)
  }
}

const toLine = ({ content }: PlacedRecord): SubmittedLine =>
  content.kind === 'text' ? content.text : { unreadable: content.kind }

const toProblem = (error: unknown): string => (error instanceof Refused ? error.message : UNREADABLE_FILE)
