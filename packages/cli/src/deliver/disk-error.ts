import { codeOf, messageOf } from '../text/message-of'

/** What is to be written cannot be, and the message says what to do about it. Nothing of it is a fault of the program. */
export class DiskError extends Error {
  override readonly name = 'DiskError'
}

/** What the codes of the operating system say to people. */
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
const IN_THE_WAY: ReadonlySet<unknown> = new Set(['EISDIR', 'ERR_FS_EISDIR', 'EEXIST'])

/** `what` is what cannot be done, `wayOut` an order to the reader that ends in no full stop. */
export function toDiskError(error: unknown, what: string, wayOut: string): DiskError {
  if (error instanceof DiskError) return error
  const code = codeOf(error)
  const first = FULL.has(code) ? 'Make room, or ' : IN_THE_WAY.has(code) ? 'Move that away, or ' : ''
  const order = first === '' ? wayOut.charAt(0).toUpperCase() + wayOut.slice(1) : first + wayOut
  return new DiskError(`${what}: ${WORDS.get(code) ?? messageOf(error)}. ${order}.`, { cause: error })
}

/** Runs what writes to the disk. */
export function onDisk<T>(write: () => T, what: string, wayOut: string): T {
  try {
    return write()
  } catch (error) {
    throw toDiskError(error, what, wayOut)
  }
}
