import { defaultValues } from '@intercom-destinations/shared-mapping'
import identifyCompany from './identifyCompany'
import identifyUser from './identifyUser'
import trackEvent from './trackEvent'
import type { IntercomWebPreset } from './plugin-factory'

/** The subscriptions that apply by default, each with the default values of its action. */
export const presets: readonly IntercomWebPreset[] = [
  {
    type: 'automatic',
    name: 'Track Event',
    partnerAction: 'trackEvent',
    subscribe: 'type = "track"',
    mapping: defaultValues(trackEvent.fields)
  },
  {
    type: 'automatic',
    name: 'Identify User',
    partnerAction: 'identifyUser',
    subscribe: 'type = "identify" or type = "page"',
    mapping: defaultValues(identifyUser.fields)
  },
  {
    type: 'automatic',
    name: 'Identify Company',
    partnerAction: 'identifyCompany',
    subscribe: 'type = "group"',
    mapping: defaultValues(identifyCompany.fields)
  }
]
