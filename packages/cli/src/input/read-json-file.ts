import { readFile } from 'node:fs/promises'
import { messageOf } from '../text/message-of'
import { UsageError } from '../command/usage-error'

interface FileKind {
  /** `workspace file`, as messages call it. */
  readonly what: string
  /** What is said of one that is not right: `is not one`. */
  readonly wrong: string
  /** A file of the repository that is right. */
  readonly example: string
}

/** Reads a JSON file that somebody named on the command line; whatever is wrong with it is a `UsageError` that names it. */
export async function readJsonFile<T>(path: string, kind: FileKind, toValue: (json: unknown) => T): Promise<T> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UsageError(`The ${kind.what} ${path} cannot be read: ${messageOf(error)}`)
  })
  try {
    return toValue(JSON.parse(text))
  } catch (error) {
    throw new UsageError(`The ${kind.what} ${path} ${kind.wrong}: ${messageOf(error)}. ${kind.example} shows its form.`)
  }
}
