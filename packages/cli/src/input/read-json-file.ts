import { readFile } from 'node:fs/promises'
import { messageOf } from '../text/message-of'
import { UsageError } from '../command/usage-error'

interface FileKind {
  /** Its name in messages, such as `workspace file`. */
  readonly what: string
  /** The predicate for an invalid one, such as `is not one`. */
  readonly wrong: string
  /** A valid file in the repository. */
  readonly example: string
}

/** Reads a JSON file that was named on the command line. Throws a `UsageError` that names what is wrong. */
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
