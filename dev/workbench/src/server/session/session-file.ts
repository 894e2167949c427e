import type { EmulatedWorkspace } from '@intercom-destinations/cli'
import type { AttributeSeed, DataAttribute, EmulatorState } from '@intercom-destinations/emulator'
import type { DestinationState, EventSource, Half, JsonObject } from '../../contract'
import { catalog } from '../configuration/catalog'
import type { Workbench } from '../workbench'
import { withoutProofs } from './without-proofs'

export const SESSION_FORMAT = 'intercom-workbench-session'
/** Counts up when an older workbench could not open the file. */
export const SESSION_VERSION = 1

/** An event as it came in, before anything was done with it. */
export interface SessionEvent {
  readonly source: EventSource
  /** Milliseconds since 1970. */
  readonly receivedAt: number
  readonly event: JsonObject
}

/** What a colleague needs to see the same: decisions/0065. It has no token; see `withoutProofs` for the events. */
export interface SessionFile {
  readonly format: typeof SESSION_FORMAT
  readonly version: typeof SESSION_VERSION
  readonly destinations: Readonly<Record<Half, DestinationState>>
  /** The emulated workspace as it was at the start, with the attributes of now. */
  readonly workspace: EmulatedWorkspace
  /** Oldest first. */
  readonly events: readonly SessionEvent[]
  /** How many older events the workbench has forgotten. */
  readonly forgotten: number
}

/** The session as it is now. */
export function toSessionFile({ configuration, engine, emulator, startedWith }: Workbench): SessionFile {
  const { web, cloud } = configuration.now
  const { events, forgotten } = engine.history()
  return {
    format: SESSION_FORMAT,
    version: SESSION_VERSION,
    destinations: { web: withoutSecrets('web', web), cloud: withoutSecrets('cloud', cloud) },
    workspace: { ...startedWith, ...toAttributes(emulator.state) },
    events: events.map((one) => ({ ...one, event: withoutProofs(one.event) })),
    forgotten
  }
}

/** A setting that the form hides belongs to its owner. */
function withoutSecrets(half: Half, { settings, ...state }: DestinationState): DestinationState {
  const shown = Object.entries(settings).filter(([key]) => catalog[half].settings[key]?.type !== 'password')
  return { ...state, settings: Object.fromEntries(shown) }
}

function toAttributes({ dataAttributes }: EmulatorState) {
  const of = (model: DataAttribute['model']) => dataAttributes.filter((one) => one.model === model).map(toAttribute)
  return { contactAttributes: of('contact'), companyAttributes: of('company') }
}

const toAttribute = ({
  name,
  data_type,
  options,
  description,
  archived,
  hasDependants
}: DataAttribute): AttributeSeed => ({
  name,
  data_type,
  ...(options === null ? {} : { options }),
  ...(description === null ? {} : { description }),
  ...(archived ? { archived } : {}),
  ...(hasDependants ? { hasDependants } : {})
})
