/** Columns. Terminals have at least as many. */
const WIDTH = 80

/** Breaks a text into lines at spaces; a word that is too long for a line is cut, unless it is an address. */
export function wrap(text: string, indent: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= WIDTH) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(' '.repeat(indent) + word)
  }
  return lines.map((line) =>
    line.length <= WIDTH || line.includes('https://') ? line : `${line.slice(0, WIDTH - 1)}…`
  )
}

export const amount = (count: number): string => count.toLocaleString('en-US')

export const noun = (count: number, one: string): string => (count === 1 ? one : `${one}s`)

export const plural = (count: number, one: string): string => `${amount(count)} ${noun(count, one)}`

/** A line of the input, in words. */
export const toLineText = (line: number): string => `line ${amount(line)}`
