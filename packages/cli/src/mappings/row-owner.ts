import {
  findRows,
  isJsonObject,
  parseEachRow,
  toUncheckedRows,
  UnknownActionError,
  type CompleteRow
} from '@intercom-destinations/delivery'
import type { CheckedAction, CheckedDestination } from './checked-destination'

/** A row of a mapping file, and the destination whose row it is. */
export interface OwnedRow {
  readonly kind: 'row'
  readonly row: CompleteRow
  readonly action: CheckedAction
  readonly destination: CheckedDestination
}

/** A row that no destination can use. */
export interface StrayRow {
  readonly kind: 'stray'
  readonly name: string
  /** The destination that it is meant for, as far as that can be told. */
  readonly destination: CheckedDestination | undefined
  /** What is wrong and what to do, in sentences. */
  readonly problem: string
}

/** What one destination makes of a row. */
interface Reading {
  readonly destination: CheckedDestination
  readonly read: CompleteRow | Error
}

/**
 * Finds the destination of each row: by its action, and by the fields of its mapping where two destinations have an action
 * of this name. Throws an `Error` if the JSON has no rows.
 */
export function findOwners(
  json: unknown,
  destinations: readonly CheckedDestination[]
): readonly (OwnedRow | StrayRow)[] {
  const read = destinations.map((destination) => ({ destination, rows: parseEachRow(json, destination.actions) }))
  return findRows(json).map((raw, index) => {
    const readings = read.flatMap(({ destination, rows }) =>
      rows.slice(index, index + 1).map((one) => ({ destination, read: one }))
    )
    return findOwner(raw, index, readings)
  })
}

function findOwner(raw: unknown, index: number, readings: readonly Reading[]): OwnedRow | StrayRow {
  const usable = readings.flatMap(({ destination, read }) => {
    if (read instanceof Error) return []
    const action = toAction(read.partnerAction, destination)
    return action ? [{ row: read, action, destination }] : []
  })
  const unknown = readings.flatMap(({ read }) => (read instanceof UnknownActionError ? [read] : []))
  const isUnclear = usable.length > 1 || unknown.some(({ fitting = 0 }) => fitting > 1)
  const [only] = usable
  if (only && !isUnclear) return { kind: 'row', ...only }
  const name = isJsonObject(raw) && typeof raw.name === 'string' ? raw.name : `Row ${index + 1}`
  const stray = (problem: string, destination?: CheckedDestination): StrayRow => ({
    kind: 'stray',
    name,
    destination,
    problem
  })
  const meant = isUnclear ? [] : toMeant(raw, readings)
  const messages = new Set(meant.map(({ error }) => error.message))
  const [first] = meant
  if (first && messages.size === 1)
    return stray(`This row cannot be used: ${first.error.message}.`, meant.length === 1 ? first.destination : undefined)
  if (first)
    return stray(meant.map(({ destination, error }) => `As a row of ${destination.name}: ${error.message}.`).join(' '))
  return stray(toAdvice(unknown[0] ?? { said: `[${index}] names no action`, fitting: 0 }, isUnclear, readings))
}

/** The destinations that have the action of a faulty row; of several, those in which the row has the fewest faults. */
function toMeant(raw: unknown, readings: readonly Reading[]): { destination: CheckedDestination; error: Error }[] {
  const faulty = readings.flatMap(({ destination, read }) =>
    read instanceof Error && !(read instanceof UnknownActionError)
      ? [{ destination, error: read, faults: countFaults(raw, destination) }]
      : []
  )
  const fewest = Math.min(...faulty.map(({ faults }) => faults))
  return faulty.filter(({ faults }) => faults === fewest)
}

const toAction = (name: unknown, { actions }: CheckedDestination): CheckedAction | undefined =>
  Object.entries(actions).find(([key]) => key === name)?.[1]

/** How many names of the row's mapping are no fields of its action, and how many fields that the action needs are missing. */
function countFaults(raw: unknown, destination: CheckedDestination): number {
  try {
    const [{ row = {} } = {}] = toUncheckedRows([raw], destination.actions)
    const { fields = {} } = toAction(row.partnerAction, destination) ?? {}
    const names = isJsonObject(row.mapping) ? Object.keys(row.mapping) : []
    const unknown = names.filter((name) => !Object.hasOwn(fields, name))
    const missing = Object.entries(fields).filter(([name, { required }]) => required === true && !names.includes(name))
    return unknown.length + missing.length
  } catch {
    // It is the same fault for every destination.
    return 0
  }
}

/** What to do with a row of no destination, or of one that cannot be told. */
function toAdvice(
  { said, fitting }: Pick<UnknownActionError, 'said' | 'fitting'>,
  isUnclear: boolean,
  readings: readonly Reading[]
): string {
  const actions = [...new Set(readings.flatMap(({ destination }) => Object.keys(destination.actions)))].join(', ')
  const names = readings.map(({ destination }) => destination.name)
  return isUnclear || fitting !== undefined
    ? `${said}, which does not say which action it is, and its settings fit ${isUnclear ? 'several' : 'none'}. Add "actionSlug" with one of ${actions}, or take the row out if it is of another destination.`
    : `${said}, which is an action of neither ${names.join(' nor ')}. Take the row out, or name one of their actions: ${actions}.`
}
