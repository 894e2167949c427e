import type { ActionCard, JsonObject } from '../../contract'

const TYPES = ['track', 'identify', 'page', 'screen', 'group']

/** Triggers that are ready to be taken: the action's own, one for each type, and one for the sample. */
export function toTriggerPresets(action: ActionCard | undefined, sample: JsonObject | undefined): readonly string[] {
  const { type, event } = sample ?? {}
  const presets = [
    action?.defaultSubscription ?? '',
    type === 'track' && typeof event === 'string' ? `type = "track" and event = ${JSON.stringify(event)}` : '',
    ...TYPES.map((one) => `type = "${one}"`)
  ]
  return [...new Set(presets.filter((preset) => preset !== ''))]
}
