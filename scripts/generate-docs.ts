import path from 'node:path'
import prettier from 'prettier'
import * as shared from '../packages/shared-mapping/src'
import { definitions, type Described, type DescribedAction, type Fields } from './definitions'
import { writeOrCheck, type GeneratedFile } from './stale-files'

/** Generates docs/reference.md from the definitions. */

const ROOT = path.resolve(__dirname, '..')
const NOTE = '<!-- Written by `yarn docs` from the definitions. Change those. -->'

type Cell = string | number

function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function code(text: string): string {
  return text === '' ? '' : `\`${text}\``
}

/** A default value as text: `$.a`, else `$.b`. */
function sourceOf(value: unknown): string {
  if (value === undefined) return ''
  const directive = shared.toRecord(value)
  if (directive === undefined) return code(shared.toText(value) ?? '')
  const { '@path': path, '@if': condition, '@arrayPath': list, ...fields } = directive
  if (path !== undefined) return code(shared.toText(path) ?? '')
  const branches = shared.toRecord(condition)
  if (branches) {
    const sources = [branches.then, branches.else].flatMap((one) => sourceOf(one).split(', else '))
    // A path may occur twice in the branches of a condition.
    return [...new Set(sources)].filter((one) => one !== '').join(', else ')
  }
  if (Array.isArray(list)) return `each of ${sourceOf(list[0])}`
  const [first, ...others] = Object.entries(fields).map(([key, one]) => `${key} from ${sourceOf(one)}`)
  return others.length === 0 ? (first ?? '') : `${first}, and ${others.length} more`
}

/** The default values of the fields of an object, or of the items of a list. */
function nestedDefaults(value: unknown): Record<string, unknown> {
  const { '@arrayPath': list, ...fields } = shared.toRecord(value) ?? {}
  return Array.isArray(list) ? (shared.toRecord(list[1]) ?? {}) : fields
}

type Field = Fields[string]

function typeOf({ type, multiple, required }: Field): string {
  return `${type}${multiple ? ', several' : ''}${required === true ? ', required' : ''}`
}

function choicesOf({ choices = [] }: Field): string {
  const values = choices.map((choice) => code(typeof choice === 'string' ? choice : String(choice.value)))
  return values.length === 0 ? '' : ` One of ${values.join(', ')}.`
}

function describe(field: Field): string {
  return `${field.description ?? ''}${choicesOf(field)}`
}

function fieldTable(fields: Fields, filledFrom: Record<string, unknown> = {}): string {
  const rows = Object.entries(fields).map(([key, field]) => [
    code(key),
    typeOf(field),
    sourceOf(filledFrom[key] ?? field.default),
    describe(field)
  ])
  return table(['field', 'type', 'filled from', 'what it is'], rows)
}

function actionSection({ key, title, description, trigger, fields, syncMode }: DescribedAction): string {
  const rows = { ...(syncMode && { [syncMode[0]]: syncMode[1] }), ...fields }
  const runsOn = trigger === '' ? 'It has no trigger of its own.' : `Runs on ${code(trigger)}.`
  const nested = Object.entries(fields).flatMap(([name, { properties, default: source }]) => {
    const defaults = nestedDefaults(source)
    return properties ? [`Inside ${code(name)}:`, fieldTable(properties, defaults)] : []
  })
  return [`### ${title} (${code(key)})`, description, runsOn, fieldTable(rows), ...nested].join('\n\n')
}

function destinationSection(one: Described): string {
  return [`## ${one.name}`, '**Settings**', fieldTable(one.settings), ...one.actions.map(actionSection)].join('\n\n')
}

function isLimit(value: unknown): value is shared.Limit {
  return typeof value === 'object' && value !== null && 'value' in value && 'source' in value
}

function reference(all: readonly Described[]): string {
  const limits = Object.entries(shared).flatMap(([name, value]) =>
    isLimit(value) ? [[code(name), value.value, value.source]] : []
  )
  const losses = Object.entries(shared.LOSS_REASONS).map(([reason, sentence]) => [code(reason), sentence])
  const doubts = Object.entries(shared.DOUBT_REASONS).map(([reason, sentence]) => [code(reason), sentence])
  return [
    NOTE,
    '# Reference',
    ...all.map(destinationSection),
    '## Limits of Intercom',
    table(['name', 'value', 'source'], limits),
    '## Losses',
    'A value that Intercom cannot take is left out, alone, and named: where it stood and one of these reasons.',
    table(['reason', 'in words'], losses),
    '## Doubtful values',
    'A value that Intercom may ignore or change is sent all the same, and named: where it stands and one of these reasons.',
    table(['reason', 'in words'], doubts)
  ].join('\n\n')
}

async function formatted(file: string, text: string): Promise<GeneratedFile> {
  return { file, text: await prettier.format(text, { ...(await prettier.resolveConfig(file)), parser: 'markdown' }) }
}

export async function generatedDocs(): Promise<GeneratedFile[]> {
  return [await formatted(path.join(ROOT, 'docs', 'reference.md'), reference(await definitions()))]
}

if (require.main === module) void generatedDocs().then((files) => writeOrCheck(files, 'yarn docs'))
