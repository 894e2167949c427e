import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { addAbortSignal, type Readable } from 'node:stream'
import { UsageError } from './usage-error'

/** How a file name says "what is piped in". */
export const STANDARD_INPUT = '-'

export interface Source {
  readonly stream: Readable
  /** Unknown for a pipe. */
  readonly totalBytes: number | undefined
  /** How to speak of it. */
  readonly label: string
}

/** Opens the events to deliver. The signal ends a source that waits for more. */
export async function openSource(file: string, stdin: Readable, signal: AbortSignal): Promise<Source> {
  if (file === STANDARD_INPUT) {
    // Whoever iterates hears of errors; this listener is for an abort before anybody does.
    stdin.on('error', () => undefined)
    return { stream: addAbortSignal(signal, stdin), totalBytes: undefined, label: 'standard input' }
  }
  const found = await stat(file).catch((error: unknown) => {
    throw new UsageError(`${file} cannot be read: ${whyNot(error, file)}`)
  })
  if (found.isDirectory()) {
    throw new UsageError(`${file} is a directory. Name one file of events, or pipe several: cat ${file}/*.ndjson | … -`)
  }
  const stream = createReadStream(file, { signal })
  // Opened here, so that a file without permission is said to be one before anything has begun.
  await new Promise((resolve, reject) => {
    stream.once('open', resolve)
    stream.on('error', (error) => {
      reject(new UsageError(`${file} cannot be read: ${whyNot(error, file)}`))
    })
  })
  return { stream, totalBytes: found.isFile() ? found.size : undefined, label: file }
}

function whyNot(error: unknown, file: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return `there is no file ${path.resolve(file)}.`
  if (code === 'EACCES') return 'this user may not read it.'
  return error instanceof Error ? error.message : String(error)
}
