import { findOwnOutput } from '@intercom-destinations/event-file'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { glob, isDynamicPattern } from 'tinyglobby'
import { UsageError } from '../command/usage-error'
import { codeOf, messageOf } from '../text/message-of'

export interface FoundFile {
  readonly file: string
  /** Whether it was named, and not found in a folder or by a pattern. */
  readonly isNamed: boolean
}

export interface FoundFiles {
  /** In the order of the arguments; those of a folder or a pattern by name. */
  readonly files: readonly FoundFile[]
  /** What earlier runs wrote beside their input. */
  readonly own: readonly string[]
}

/** Finds the files of names, folders and quoted patterns. Throws a `UsageError` for a name without a file. */
export async function findFiles(names: readonly string[]): Promise<FoundFiles> {
  const found = (await Promise.all(names.map(findOne))).flat()
  const files = found.filter(({ file }, index) => found.findIndex((other) => other.file === file) === index)
  const own = findOwnOutput(files.map(({ file }) => file))
  return { files: files.filter(({ file }) => !own.includes(file)), own }
}

async function findOne(name: string): Promise<FoundFile[]> {
  const found = await stat(name).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT' && isDynamicPattern(name)) return undefined
    throw new UsageError(`${name} cannot be read: ${whyNot(error, name)}`)
  })
  if (found && !found.isDirectory()) return [{ file: name, isNamed: true }]
  const files = found
    ? (await glob('**/*', { cwd: name })).map((file) => path.join(name, file))
    : await glob(name, { expandDirectories: false })
  if (files.length === 0) {
    throw new UsageError(found ? `The folder ${name} holds no files.` : `No file matches the pattern ${name}.`)
  }
  return files.sort().map((file) => ({ file, isNamed: false }))
}

export function whyNot(error: unknown, file: string): string {
  const code = codeOf(error)
  if (code === 'ENOENT') return `there is no file ${path.resolve(file)}.`
  if (code === 'EACCES') return 'this user may not read it.'
  return messageOf(error)
}
