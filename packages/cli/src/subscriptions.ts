import type { JSONObject, Preset } from '@segment/actions-core'

/** One row of a connected destination: which events, to which action, and how they are mapped. */
export interface Subscription {
  readonly action: string
  /** As `onEvent` takes it. */
  readonly row: JSONObject
}

/** What connecting the destination in Segment switches on: its automatic presets, mapped by their own defaults. */
export function toSubscriptions(presets: readonly Preset[]): Subscription[] {
  return presets.flatMap((preset) => {
    if (preset.type !== 'automatic') return []
    const { partnerAction, name = partnerAction, subscribe, mapping = {} } = preset
    return { action: partnerAction, row: { name, partnerAction, subscribe, mapping } }
  })
}
