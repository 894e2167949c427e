import { plural, wrap } from '../text/text-layout'
import type { MappingCheck, StrayCheck } from './check-mapping'

const INDENT = 2

/** The checks for people: one paragraph for each mapping. */
export function toCheckMappingText(checks: readonly (MappingCheck | StrayCheck)[]): string {
  const points = checks.reduce((sum, check) => sum + ('problem' in check ? 1 : check.lost.length), 0)
  const last =
    points === 0 ? 'No mapping loses a value by itself.' : `${plural(points, 'point')} to look at; see above.`
  return `${[...checks.map(toParagraph), last].join('\n\n')}\n`
}

const toParagraph = (check: MappingCheck | StrayCheck): string =>
  ('problem' in check ? toStrayLines(check) : toMappingLines(check)).join('\n')

const toStrayLines = ({ name, destination, problem }: StrayCheck): string[] => [
  name,
  ...(destination === undefined ? [] : wrap(destination, INDENT)),
  ...wrap(problem, INDENT)
]

const toMappingLines = ({ name, destination, action, enabled, trigger, fields, lost, differences }: MappingCheck) => [
  `${name}${enabled ? '' : ' (off)'}`,
  ...wrap(`${destination}: ${action}, for: ${trigger}`, INDENT),
  ...fields.flatMap(({ label, from }) => wrap(`${label}: ${from}`, INDENT)),
  ...toList('What is lost', lost, 'Nothing is lost.'),
  ...toList('Unlike today’s destination', differences, 'As today’s destination does it.')
]

function toList(title: string, texts: readonly string[], none: string): string[] {
  if (texts.length === 0) return wrap(none, INDENT)
  return [...wrap(`${title}:`, INDENT), ...texts.flatMap((text) => wrap(`- ${text}`, 2 * INDENT))]
}
