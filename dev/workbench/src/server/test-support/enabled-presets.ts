import type { Preset } from '@segment/actions-core'
import type { DestinationState } from '../../contract'

/** A destination as it is after connecting it in Segment: its presets, switched on. */
export const toEnabled = (presets: readonly Preset[]): DestinationState => ({
  enabled: true,
  settings: {},
  subscriptions: presets.map(({ name = '', partnerAction, mapping = {}, ...preset }) => {
    const subscribe = preset.type === 'automatic' ? preset.subscribe : ''
    return { name, partnerAction, subscribe, mapping, enabled: true }
  })
})
