import type { Mapping } from '@intercom-destinations/shared-mapping'
import validateMapping from '@segment/actions-core/mapping-kit/validate'
import type { LossReport } from './losses'
import { DEFAULT_MAPPINGS } from './mappings'

export interface Mappings {
  /** Fields of an identify call: `custom_traits`, `name`, `company`, `nested_values`, … */
  identify?: Mapping
  /** `company` and `nested_values` of a group call. */
  group?: Mapping
  /** `event_name`, `revenue`, `currency`, `event_metadata`, `nested_values`. */
  track?: Mapping
  /** The same fields for a screen call. Without it, screens are not sent; with `{}`, each is an event with its name. */
  screen?: Mapping
}

export interface IntercomPluginOptions {
  /** Store device, system and app with the custom attributes of a person. Off by default. */
  collectContext?: boolean
  /** Log people without a user id in as unidentified people, so that their events are recorded too. On by default. */
  trackAnonymous?: boolean
  /** The workspace enforces identity verification: a user is logged in only with their proof. Off by default. */
  secured?: boolean
  /** Fields that replace those of the default mapping, in the form of Segment's mappings. `null` removes a field. */
  mappings?: Mappings
  /** Is called with everything that Intercom did not get, or may ignore. Names and reasons, never values. */
  onLoss?: (report: LossReport) => void
}

export type MappedCall = keyof Mappings

/** The complete mapping of each call. `undefined` for screens that are not sent. */
export type CompleteMappings = Record<Exclude<MappedCall, 'screen'>, Mapping> & { screen: Mapping | undefined }

/** Merges the fields of the app into the defaults. A field that the mapping kit refuses keeps its default. */
export function readMappings(given: Mappings = {}): { mappings: CompleteMappings; complaints: string[] } {
  const complaints: string[] = []
  const merge = (call: MappedCall): Mapping => {
    const mapping = { ...DEFAULT_MAPPINGS[call] }
    for (const [field, value] of Object.entries(given[call] ?? {})) {
      const complaint = field in DEFAULT_MAPPINGS[call] ? toComplaint(value) : 'is not a field'
      if (complaint !== undefined) complaints.push(`mappings.${call}.${field} ${complaint}`)
      else if (value === null) delete mapping[field]
      else mapping[field] = value
    }
    return mapping
  }
  for (const call of Object.keys(given))
    if (!(call in DEFAULT_MAPPINGS)) complaints.push(`mappings.${call} is not a call of Segment that can be mapped`)
  const mappings = {
    identify: merge('identify'),
    group: merge('group'),
    track: merge('track'),
    screen: given.screen ? merge('screen') : undefined
  }
  return { mappings, complaints }
}

/** Why the mapping kit cannot use the value, which it would say with every event. */
function toComplaint(value: Mapping[string]): string | undefined {
  // Its template engine is larger than the rest of the bundle.
  if (JSON.stringify(value).includes('"@liquid"')) return 'uses @liquid, which is not available in an app'
  try {
    validateMapping({ value })
    return undefined
  } catch {
    return 'is not a valid mapping'
  }
}
