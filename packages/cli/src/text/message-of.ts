/** The message of what was thrown. Errors of other realms, such as worker threads, are no `instanceof Error`. */
export function messageOf(error: unknown): string {
  const isError = typeof error === 'object' && error !== null && 'message' in error
  return isError && typeof error.message === 'string' ? error.message : String(error)
}

/** The code of an operating system's or of Node's error, such as `ENOSPC`. */
export const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
