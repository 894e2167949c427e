import { plural, wrap } from '../text/text-layout'
import type { MappingCheck } from './check-mapping'

const INDENT = 2

/** The checks for people: one paragraph for each mapping. */
export function toCheckMappingText(checks: readonly MappingCheck[]): string {
  const lost = checks.reduce((sum, check) => sum + check.lost.length, 0)
  const last = lost === 0 ? 'No mapping loses a value by itself.' : `${plural(lost, 'point')} to look at; see above.`
  return `${[...checks.map(toParagraph), last].join('\n\n')}\n`
}

const toParagraph = ({ name, action, enabled, trigger, fields, lost, differences }: MappingCheck): string =>
  [
    `${name}${enabled ? '' : ' (off)'}`,
    ...wrap(`${action}, for: ${trigger}`, INDENT),
    ...fields.flatMap(({ label, from }) => wrap(`${label}: ${from}`, INDENT)),
    ...toList('What is lost', lost, 'Nothing is lost.'),
    ...toList('Unlike today’s destination', differences, 'As today’s destination does it.')
  ].join('\n')

function toList(title: string, texts: readonly string[], none: string): string[] {
  if (texts.length === 0) return wrap(none, INDENT)
  return [...wrap(`${title}:`, INDENT), ...texts.flatMap((text) => wrap(`- ${text}`, 2 * INDENT))]
}
