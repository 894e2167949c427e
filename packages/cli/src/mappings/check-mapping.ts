import { findMappingWarnings, isJsonObject } from '@intercom-destinations/delivery'
import { CLOUD } from './cloud-destination'
import { findDifferences } from './differences'
import { toPaths, toPickedNames } from './mapping-parts'
import { findOwners, type OwnedRow, type StrayRow } from './row-owner'
import { toSampleEvent } from './sample-event'
import { findTakenTwice } from './taken-twice'
import { WEB } from './web-destination'

export interface FieldCheck {
  readonly field: string
  /** The field's name in Segment's form. */
  readonly label: string
  /** Where the value comes from. */
  readonly from: string
}

export interface MappingCheck {
  readonly name: string
  /** The destination's name in Segment's catalog. */
  readonly destination: string
  readonly action: string
  readonly enabled: boolean
  readonly trigger: string
  readonly fields: readonly FieldCheck[]
  /** Sentences about what Intercom will not get, with the place in the mapping. */
  readonly lost: readonly string[]
  /** Sentences about events that a mapping of the web destination writes as well. */
  readonly twice: readonly string[]
  /** What an event through it does that today's destination does otherwise. */
  readonly differences: readonly string[]
}

/** A row that no destination can use, with what is wrong and what to do. */
export interface StrayCheck {
  readonly name: string
  /** Absent if it cannot be told. */
  readonly destination?: string
  readonly problem: string
}

/** The mappings in parsed JSON, of both destinations. Throws an `Error` if there are none. */
export const readCheckedRows = (json: unknown): readonly (OwnedRow | StrayRow)[] => findOwners(json, [CLOUD, WEB])

/**
 * Says of each mapping which destination's it is, what it does, what is lost, and what is unlike today's destination. What
 * is lost is found by a sample event that has a fitting value wherever the mapping reads one: it runs through the web
 * destination's plugin, or is delivered to the built-in emulator.
 */
export async function checkMappings(rows: readonly (OwnedRow | StrayRow)[]): Promise<(MappingCheck | StrayCheck)[]> {
  const checks: (MappingCheck | StrayCheck)[] = []
  // One after the other, because the plugin needs a global `window` while it runs.
  const owned = rows.filter((row) => row.kind === 'row')
  for (const row of rows)
    checks.push(row.kind === 'row' ? { ...(await checkMapping(row)), twice: toTwice(row, owned) } : toStrayCheck(row))
  return checks
}

/** Whether the row can be used, loses nothing and writes nothing twice. */
export const isFine = (check: MappingCheck | StrayCheck): boolean => countPoints(check) === 0

/** How many points of the check are to be looked at. */
export const countPoints = (check: MappingCheck | StrayCheck): number =>
  'problem' in check ? 1 : check.lost.length + check.twice.length

const toStrayCheck = ({ name, destination, problem }: StrayRow): StrayCheck => ({
  name,
  ...(destination === undefined ? {} : { destination: destination.name }),
  problem
})

async function checkMapping({ row, action, destination }: OwnedRow): Promise<Omit<MappingCheck, 'twice'>> {
  const { name, partnerAction, enabled, subscribe, mapping } = row
  const fields = new Map(Object.entries(action.fields))
  return {
    name,
    destination: destination.name,
    action: action.title,
    enabled,
    trigger: subscribe,
    fields: Object.entries(mapping).map(([field, value]) => ({
      field,
      label: fields.get(field)?.label ?? field,
      from: toSource(value)
    })),
    lost: [
      ...findMappingWarnings(row).map(({ path, message }) => `${path}: ${message}`),
      ...destination.findOwnWarnings(row),
      ...(await destination.findLosses(row, toSampleEvent(row, action)))
    ],
    differences: findDifferences(destination.half, partnerAction, mapping)
  }
}

function toTwice(row: OwnedRow, rows: readonly OwnedRow[]): string[] {
  const found = findTakenTwice(row, rows)
  if (!found) return []
  const { web, event } = found
  const name = event.type === 'track' ? ` “${event.event ?? ''}”` : ''
  return [
    `From pages, “${web.row.name}” of ${web.destination.name} writes the same events, for example a ${event.type} call${name}. If both destinations have the same source, Intercom counts each twice, unless both have the same second. Switch one of the two off, or add to this trigger: and context.library.name != "analytics.js"`
  ]
}

/** Where a value comes from, in a few words. */
function toSource(value: unknown): string {
  if (!isJsonObject(value)) return JSON.stringify(value)
  const { '@template': template, '@liquid': liquid, '@arrayPath': list } = value
  if (typeof template === 'string') return `“${template}”`
  if (typeof liquid === 'string') return `Liquid “${liquid}”`
  if (Array.isArray(list)) return toListSource(list)
  const picked = toPickedNames(value)
  if (picked.length > 0) return picked.map((key) => toPartSource(key, value[key])).join(', ')
  const paths = new Set(toPaths(value))
  return paths.size === 0 ? JSON.stringify(value) : [...paths].join(' or ')
}

/** `plan from $.traits.plan`, or an object of such parts in brackets. */
const toPartSource = (key: string, value: unknown): string =>
  toPickedNames(value).length > 0 ? `${key} (${toSource(value)})` : `${key} from ${toSource(value)}`

/** `each of $.traits.companies: company_id from $.id`. */
function toListSource([at, shape]: readonly unknown[]): string {
  const each = `each of ${typeof at === 'string' ? at : toSource(at)}`
  return shape === undefined ? each : `${each}: ${toSource(shape)}`
}
