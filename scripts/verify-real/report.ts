import type { Case } from './cases'
import type { Cleaned } from './made'
import { agree, toFindingText, type Finding } from './stage'

export interface Compared {
  readonly asked: Case
  readonly real: Finding | Failed
  readonly emulated: Finding | Failed
}

/** A case without a finding, and the reason, without a secret. */
export interface Failed {
  readonly failed: string
}

const isFailed = (result: Finding | Failed): result is Failed => 'failed' in result

const textOf = (result: Finding | Failed): string => (isFailed(result) ? result.failed : toFindingText(result))

export const doAgree = ({ real, emulated }: Compared): boolean =>
  !isFailed(real) && !isFailed(emulated) && agree(real, emulated)

/** Replaces control characters, and the separator of the table. */
const printable = (text: string): string => text.replace(/[^\P{C}]|\|/gu, '?')

export const toTable = (compared: readonly Compared[]): string => {
  const rows = [
    ['case', 'Intercom', 'emulator', 'agrees?'],
    ...compared.map((one) => [
      one.asked.name,
      printable(textOf(one.real)),
      printable(textOf(one.emulated)),
      doAgree(one) ? 'yes' : 'NO'
    ])
  ]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = rows
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n')
}

export const toCleanText = ({ contacts, companies, attributes, left }: Cleaned): string =>
  [
    `Removed: ${contacts} contacts, ${companies} companies. Archived: ${attributes} attributes.`,
    ...(left.length === 0 ? [] : ['STILL THERE, remove by hand:', ...left.map((one) => `  ${printable(one)}`)])
  ].join('\n')

/** What to do next. */
export const toAdvice = (compared: readonly Compared[], planned: number, tapeFile: string): string => {
  const wrong = compared.filter((one) => !doAgree(one))
  const places = [...new Set(wrong.filter(({ real }) => !isFailed(real)).map(({ asked }) => asked.where))]
  if (compared.length < planned) return `Interrupted after ${compared.length} of ${planned} cases; run it again.`
  if (wrong.length === 0) {
    return `All ${planned} cases agree: commit ${tapeFile} as a witness, and remove these rows from the unknowns in the emulator's README.`
  }
  if (places.length === 0) return `${wrong.length} cases had no answer: look at the token's scopes and run it again.`
  return [
    `${wrong.length} of ${planned} cases differ: commit ${tapeFile} as a witness, then change the emulator here:`,
    ...places.map((place) => `  ${place}`)
  ].join('\n')
}
