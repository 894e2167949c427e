import { codeOf, messageOf } from '../text/message-of'

/** A file cannot be written, for a reason outside the program. The message says what to do about it. */
export class DiskError extends Error {
  override readonly name = 'DiskError'
}

/** The codes of the operating system, as text. */
const WORDS: ReadonlyMap<unknown, string> = new Map([
  ['ENOSPC', 'there is no space left on the disk'],
  ['EDQUOT', 'the quota of this user is used up'],
  ['EROFS', 'the disk is read-only'],
  ['EACCES', 'this user may not write there'],
  ['EPERM', 'this user may not write there'],
  ['EISDIR', 'a folder has its name'],
  ['ERR_FS_EISDIR', 'a folder has its name'],
  ['ENOTDIR', 'a part of its path is a file'],
  ['ENOENT', 'there is no such folder'],
  ['EEXIST', 'something else has its name'],
  ['ENAMETOOLONG', 'its name is too long'],
  ['EIO', 'the disk does not work as it should']
])
const FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT'])
const OCCUPIED: ReadonlySet<unknown> = new Set(['EISDIR', 'ERR_FS_EISDIR', 'EEXIST'])

/** `what` is what cannot be done, `advice` an instruction without a full stop. */
export function toDiskError(error: unknown, what: string, advice: string): DiskError {
  if (error instanceof DiskError) return error
  const code = codeOf(error)
  const first = FULL.has(code) ? 'Make room, or ' : OCCUPIED.has(code) ? 'Move that away, or ' : ''
  const instruction = first === '' ? advice.charAt(0).toUpperCase() + advice.slice(1) : first + advice
  return new DiskError(`${what}: ${WORDS.get(code) ?? messageOf(error)}. ${instruction}.`, { cause: error })
}

/** Runs a function that writes to the disk, and converts what it throws into a `DiskError`. */
export function onDisk<T>(write: () => T, what: string, advice: string): T {
  try {
    return write()
  } catch (error) {
    throw toDiskError(error, what, advice)
  }
}
