import { EventFileError } from './event-file-error'

export const CSV_HEADER_ADVICE =
  'Name its columns by the paths of an event, for example userId,traits.email,type or userId,event,properties.total:number'

export const NO_ID = 'is a CSV table without a column userId or anonymousId'

const IDS = ['userId', 'anonymousId']
const TYPES = ['text', 'number', 'boolean', 'json'] as const
/** The objects of an event that a column may reach into (Segment's spec, common fields). */
const EVENT_PATH =
  /^(type|event|name|userId|anonymousId|groupId|previousId|messageId|timestamp|originalTimestamp|sentAt|receivedAt|category|(traits|properties|context|integrations)\..+)$/

export type CellType = (typeof TYPES)[number]

/** A column of a table: where its cells belong in the event, and what they are. */
export interface Column {
  readonly path: readonly string[]
  readonly type: CellType
}

/** The type of events whose table has no column for it. */
export type DefaultType = 'identify' | 'track' | 'group'

export interface CsvHeader {
  readonly columns: readonly Column[]
  /** `undefined` when a column holds the type. */
  readonly defaultType: DefaultType | undefined
}

/** Whether a cell of a first row names a part of an event. */
export const isEventPath = (cell: string): boolean => EVENT_PATH.test(toColumn(cell).path.join('.'))

/** Reads the header of a table. Throws an `EventFileError` that names the wrong column. */
export function toCsvHeader(cells: readonly string[]): CsvHeader {
  const columns = cells.map(toColumn)
  const paths = columns.map(({ path }) => path.join('.'))
  const unnamed = paths.findIndex((path) => path === '' || path.split('.').includes(''))
  if (unnamed !== -1)
    throw new EventFileError(`is a CSV table whose column ${unnamed + 1} has no usable name`, CSV_HEADER_ADVICE)
  if (!paths.some((path) => IDS.includes(path))) throw new EventFileError(NO_ID, CSV_HEADER_ADVICE)
  const twice = paths.find((path, index) =>
    paths.some((other, at) => at !== index && (other === path || other.startsWith(`${path}.`)))
  )
  if (twice !== undefined)
    throw new EventFileError(`is a CSV table with two columns for ${twice}`, 'Remove or rename one of them')
  return { columns, defaultType: paths.includes('type') ? undefined : toDefaultType(paths) }
}

function toDefaultType(paths: readonly string[]): DefaultType {
  if (paths.includes('event')) return 'track'
  return paths.includes('groupId') ? 'group' : 'identify'
}

/** `properties.total:number` is the path of a number; without a known type it is a text. */
function toColumn(cell: string): Column {
  const name = cell.trim()
  const colon = name.lastIndexOf(':')
  const type = TYPES.find((one) => one === name.slice(colon + 1).trim())
  const path = colon === -1 || type === undefined ? name : name.slice(0, colon).trim()
  return { path: path.split('.'), type: colon === -1 ? 'text' : (type ?? 'text') }
}
