import type { ActionCard, JsonObject } from '../../contract'

/** The types that an action can use. */
const TYPES = ['track', 'identify', 'page', 'screen', 'group']

/** Segment's filter language cannot express these characters in a string. */
const UNWRITABLE = /["\\\n]/

/** Suggested triggers: the action's own, one for each type, and one for the sample. */
export function toTriggerPresets(action: ActionCard | undefined, sample: JsonObject | undefined): readonly string[] {
  const { type, event } = sample ?? {}
  const isWritable = type === 'track' && typeof event === 'string' && !UNWRITABLE.test(event)
  const presets = [
    action?.defaultSubscription ?? '',
    isWritable ? `type = "track" and event = "${event}"` : '',
    ...TYPES.map((one) => `type = "${one}"`)
  ]
  return [...new Set(presets.filter((preset) => preset !== ''))]
}
