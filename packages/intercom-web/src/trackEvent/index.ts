import type { BrowserActionDefinition } from '@segment/browser-destination-runtime/types'
import {
  buildEvent,
  eventFields,
  isAbsent,
  nestedFields,
  toFieldSource,
  unnestMetadata,
  type Loss
} from '@intercom-destinations/shared-mapping'
import type { Settings } from '../generated-types'
import { reportLosses } from '../losses'
import type { ActionClient } from '../messenger-session'
import type { Payload } from './generated-types'

const action: BrowserActionDefinition<Settings, ActionClient, Payload> = {
  title: 'Track Event',
  description: 'Record an event of the person on the page.',
  platform: 'web',
  defaultSubscription: 'type = "track"',
  fields: {
    event_name: eventFields.event_name,
    revenue: eventFields.revenue,
    currency: eventFields.currency,
    event_metadata: eventFields.metadata,
    nested_values: nestedFields.nested_metadata
  },
  perform: (messenger, { payload, settings, context, mapping }) => {
    if (!messenger) return
    const { event_metadata, nested_values, ...fields } = payload
    const richLinks = [settings.richLinkProperties ?? []].flat()
    const { isPicked } = toFieldSource(mapping, ['event_metadata'])
    const rules = { richLinks, isPicked }
    const nestedLosses: Loss[] = []
    const single = unnestMetadata(event_metadata, nested_values, rules, nestedLosses)
    const { name, metadata, losses } = buildEvent({ ...fields, metadata: single }, rules)
    const isNamed = name !== undefined && name.trim() !== ''
    if (isAbsent(fields.event_name) || name?.trim() === '') losses.push({ path: 'event_name', reason: 'missing' })
    if (isNamed)
      messenger.send(Object.keys(metadata).length > 0 ? ['trackEvent', name, metadata] : ['trackEvent', name])
    reportLosses('trackEvent', [...nestedLosses, ...losses], context, settings)
  }
}

export default action
