/** What a strict compiler accepts and refuses of the web factory; see `delivery.ts`. */
import intercomWeb, {
  destination,
  intercomWebFromJson,
  type IntercomWebSettings,
  type Subscription
} from '@intercom-destinations/intercom-web'
import { AnalyticsBrowser } from '@segment/analytics-next'

const appId = 'abc123'
const row = { enabled: true, subscribe: 'type = "track"' } as const

const open = (subscriptions: readonly Subscription[]) => intercomWeb({ appId, subscriptions })

const settings: IntercomWebSettings = {
  appId,
  apiBase: 'https://api-iam.eu.intercom.io',
  alignment: 'left',
  horizontalPadding: 20,
  richLinkProperties: ['article'],
  secured: true,
  subscriptions: [
    ...destination.presets.map((preset) => ({ ...preset, enabled: true })),
    {
      ...row,
      partnerAction: 'messengerCommand',
      mapping: { command: 'show_article', content_id: { '@path': '$.properties.article' } }
    },
    {
      ...row,
      partnerAction: 'identifyUser',
      mapping: {
        user_id: { '@path': '$.userId' },
        unsubscribed_from_emails: false,
        company: { company_id: { '@path': '$.traits.company.id' }, name: 'Acme', size: 20 },
        companies: { '@arrayPath': ['$.traits.companies', { company_id: { '@path': '$.id' } }] }
      }
    }
  ]
}

export async function accepted(json: unknown): Promise<string[]> {
  // Analytics.js calls the factory itself, with settings of its own type.
  const [analytics] = await AnalyticsBrowser.load({ writeKey: 'key', plugins: [intercomWeb] })
  await analytics.register(...(await intercomWeb(settings)), ...(await intercomWebFromJson(json)))
  return [destination.name, intercomWeb.pluginName]
}

export function refused(json: { appId: string; alignment: string }): unknown[] {
  return [
    // @ts-expect-error the id of the workspace is missing
    intercomWeb({}),
    // @ts-expect-error settings are an object
    intercomWeb('abc123'),
    // @ts-expect-error there are no settings
    intercomWeb(),
    // @ts-expect-error a setting is misspelled
    intercomWeb({ appId, aligment: 'left' }),
    // @ts-expect-error there is no such side
    intercomWeb({ appId, alignment: 'lft' }),
    // @ts-expect-error a number of pixels is a number
    intercomWeb({ appId, horizontalPadding: '5' }),
    // @ts-expect-error not one of Intercom's hosts
    intercomWeb({ appId, apiBase: 'https://api.example' }),
    // @ts-expect-error settings of an unchecked shape go through intercomWebFromJson
    intercomWeb(json),
    // @ts-expect-error an action is misspelled
    open([{ ...row, partnerAction: 'trackEvnt', mapping: { event_name: 'Paid' } }]),
    // @ts-expect-error a field is misspelled
    open([{ ...row, partnerAction: 'trackEvent', mapping: { event_name: 'Paid', event_metdata: {} } }]),
    // @ts-expect-error a required field is missing
    open([{ ...row, partnerAction: 'trackEvent', mapping: { revenue: 5 } }]),
    // @ts-expect-error a directive is misspelled
    open([{ ...row, partnerAction: 'trackEvent', mapping: { event_name: { '@pth': '$.event' } } }]),
    // @ts-expect-error an amount is a number
    open([{ ...row, partnerAction: 'trackEvent', mapping: { event_name: 'Paid', revenue: '5' } }]),
    // @ts-expect-error there is no such command
    open([{ ...row, partnerAction: 'messengerCommand', mapping: { command: 'open' } }]),
    // @ts-expect-error a field of a company is misspelled
    open([{ ...row, partnerAction: 'identifyCompany', mapping: { company: { id: 'acme', name: 'Acme' } } }]),
    // @ts-expect-error whether it is enabled is missing
    open([{ partnerAction: 'trackEvent', subscribe: 'type = "track"', mapping: { event_name: 'Paid' } }])
  ]
}
