import type { AttributeVerdict, CheckedAttribute, CheckReport, FileCheck } from './check-report'
import { HELP_PAGES } from '../text/documentation'
import { printable } from '../text/printable'
import type { Permission } from './scope-probes'
import { amount, plural, wrap } from '../text/text-layout'

const INDENT = 2
const COUNT_WIDTH = 7
const PERMISSION_WIDTH = 13
/** How many names are shown, the most frequent first; `--json` has all. */
const EVENT_NAMES_SHOWN = 10

const PERMISSIONS: Readonly<Record<Permission, string>> = {
  there: '  granted',
  missing: '  MISSING',
  'not-in-plan': '  NOT IN PLAN',
  unknown: '  UNKNOWN'
}

const VERDICTS: Readonly<Record<AttributeVerdict, string>> = {
  unknown:
    'Missing in the workspace: create them in Intercom or by the mapping (unknown_attributes), or they are left out',
  archived: 'Archived in the workspace: unarchive them in Intercom, or they are left out',
  'other-type': 'Some values do not fit the type in the workspace: correct the mapping, or those values are left out',
  'not-told': 'Intercom does not list the attributes of the workspace; the file sends these',
  fits: 'Present, and every value fits'
}

/** The result of a check for people. */
export function toCheckText(report: CheckReport): string {
  const { file, fine } = report
  return [
    opening(report),
    permissions(report),
    ...(file === null ? [] : [attributes(file), eventNames(file)].filter((lines) => lines.length > 0)),
    wrap(fine ? 'Nothing is missing, as far as reads can show.' : 'Something is missing; see above.', 0),
    ...(fine ? [] : [[`What to do: ${HELP_PAGES.connection}`]])
  ]
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

function opening({ workspace, region, playedBy }: CheckReport): string[] {
  const who = workspace === null ? 'a workspace whose name the token may not read' : printable(workspace)
  const played = playedBy === null ? '' : `, played by ${playedBy}`
  return wrap(`Connected to ${who} (region ${region ?? 'unknown'})${played}`, 0)
}

function permissions({ permissions: probed, notProbed }: CheckReport): string[] {
  return [
    'Permissions, as Intercom’s Developer Hub names them',
    ...probed.flatMap(({ permission, scope, operation, needed, status }) => [
      ...besides(PERMISSIONS[permission], `${printable(scope)}: ${operation}`, PERMISSION_WIDTH),
      ...(permission === 'there'
        ? []
        : wrap(`answered ${status ?? 'nothing'}; it is for ${needed}`, PERMISSION_WIDTH + INDENT))
    ]),
    ...wrap(
      `Not checked, because only a write would show them: ${notProbed.join(', ')}. See the app’s permissions in Developer Hub.`,
      INDENT
    )
  ]
}

/** A narrow column, and a text that stays to its right. */
function besides(left: string, text: string, width: number): string[] {
  const [first = '', ...rest] = wrap(text, width + INDENT)
  return [left.padEnd(width) + first.slice(width), ...rest]
}

function attributes({ label, events, unreadable, attributes: checked }: FileCheck): string[] {
  const groups = (['unknown', 'archived', 'other-type', 'not-told', 'fits'] as const).flatMap((verdict) => {
    const rows = checked.filter((attribute) => attribute.verdict === verdict)
    return rows.length === 0 ? [] : [...wrap(`${VERDICTS[verdict]}:`, INDENT), ...rows.flatMap(toRow)]
  })
  return [
    ...wrap(`Custom attributes that ${printable(label)} would send, of ${plural(events, 'event')}`, 0),
    ...(unreadable === 0 ? [] : wrap(`${plural(unreadable, 'line')} cannot be read; "deliver" lists them.`, INDENT)),
    ...(groups.length === 0 ? ['  none'] : groups)
  ]
}

function toRow({ model, name, events, types, verdict, workspaceType }: CheckedAttribute): string[] {
  const sent = Object.entries(types)
    .map(([type, count]) => (count === events ? type : `${type} ${amount(count)} times`))
    .join(', ')
  const there = verdict === 'other-type' ? `; the workspace has ${printable(workspaceType ?? '')}` : ''
  const text = `${model.padEnd(COUNT_WIDTH)} ${printable(name)}: ${sent}${there}`
  return besides(amount(events).padStart(COUNT_WIDTH), text, COUNT_WIDTH)
}

function eventNames({ eventNames: names, mostEventNames, isCut }: FileCheck): string[] {
  const shown = names.slice(0, EVENT_NAMES_SHOWN)
  const others = names.length - shown.length
  const verdict = names.length > mostEventNames ? 'MORE THAN' : 'within'
  return [
    ...wrap(
      `Event names: ${amount(names.length)}${isCut ? ' and more' : ''}, ${verdict} the ${mostEventNames} active ones that a workspace may have`,
      0
    ),
    ...wrap('Intercom’s API does not show how many the workspace has already.', INDENT),
    ...shown.flatMap(({ name, events }) => besides(amount(events).padStart(COUNT_WIDTH), printable(name), COUNT_WIDTH)),
    ...(others > 0 ? wrap(`and ${plural(others, 'other')}; --json lists all`, COUNT_WIDTH + INDENT) : [])
  ]
}
