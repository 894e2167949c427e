import { HELP_PAGES } from '../text/documentation'
import { plural, wrap } from '../text/text-layout'
import { countPoints, type MappingCheck, type StrayCheck } from './check-mapping'

const INDENT = 2

/** The checks for people: one paragraph for each mapping. */
export function toCheckMappingText(checks: readonly (MappingCheck | StrayCheck)[]): string {
  const points = checks.reduce((sum, check) => sum + countPoints(check), 0)
  const last =
    points === 0 ? 'No mapping loses a value by itself.' : `${plural(points, 'point')} to look at; see above.`
  const isTwice = checks.some((check) => !('problem' in check) && check.twice.length > 0)
  const more = isTwice ? `\nEvents that arrive twice: ${HELP_PAGES.twice}` : ''
  return `${[...checks.map(toParagraph), `${last}${more}`].join('\n\n')}\n`
}

const toParagraph = (check: MappingCheck | StrayCheck): string =>
  ('problem' in check ? toStrayLines(check) : toMappingLines(check)).join('\n')

const toStrayLines = ({ name, destination, problem }: StrayCheck): string[] => [
  name,
  ...(destination === undefined ? [] : wrap(destination, INDENT)),
  ...wrap(problem, INDENT)
]

const toMappingLines = (check: MappingCheck): string[] => [
  `${check.name}${check.enabled ? '' : ' (off)'}`,
  ...wrap(`${check.destination}: ${check.action}, for: ${check.trigger}`, INDENT),
  ...check.fields.flatMap(({ label, from }) => wrap(`${label}: ${from}`, INDENT)),
  ...toList('What is lost', check.lost, 'Nothing is lost.'),
  ...(check.twice.length === 0 ? [] : toList('What arrives twice', check.twice, '')),
  ...toList('Unlike today’s destination', check.differences, 'As today’s destination does it.')
]

function toList(title: string, texts: readonly string[], none: string): string[] {
  if (texts.length === 0) return wrap(none, INDENT)
  return [...wrap(`${title}:`, INDENT), ...texts.flatMap((text) => wrap(`- ${text}`, 2 * INDENT))]
}
