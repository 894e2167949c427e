import { destination } from '@intercom-destinations/intercom-web'
import { defaultValues } from '@intercom-destinations/shared-mapping'
import { DEFAULT_MAPPINGS } from '../mappings'

/** Intercom's mobile SDK has no place for these; device and app have an option of the plugin. */
const WEB_ONLY = ['hide_default_launcher', 'last_request_at', 'include_context']

it.each([
  ['identify', 'identifyUser'],
  ['group', 'identifyCompany'],
  ['track', 'trackEvent']
] as const)('a %s call has the fields and the defaults of the web half', (call, action) => {
  const fields = Object.entries(destination.actions[action]?.fields ?? {})
  const shared = Object.fromEntries(fields.filter(([key]) => !WEB_ONLY.includes(key)))
  expect(DEFAULT_MAPPINGS[call]).toEqual(defaultValues(shared))
})
