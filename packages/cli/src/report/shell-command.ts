const PLAIN_WORD = /^[\w@%+=:,./-]+$/

/** A word of a shell command; in quotation marks unless it is plain. */
const toWord = (text: string): string => (PLAIN_WORD.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)

/** A command that a POSIX shell takes as it is. */
export const toShellCommand = (words: readonly string[]): string => words.map(toWord).join(' ')
