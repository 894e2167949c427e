import type { BrowserActionDefinition } from '@segment/browser-destination-runtime/types'
import {
  buildCompany,
  companyFields,
  contactFields,
  nestedFields,
  toLauncherFlag,
  unnestCompany,
  type Loss
} from '@intercom-destinations/shared-mapping'
import type { Settings } from '../generated-types'
import { reportLosses } from '../losses'
import type { UpdateBody } from '../messenger'
import { toMessengerCompany, toMessengerWidget } from '../messenger-body'
import type { ActionClient } from '../messenger-session'
import { toCompanySource } from '../field-sources'
import type { Payload } from './generated-types'

const action: BrowserActionDefinition<Settings, ActionClient, Payload> = {
  title: 'Identify Company',
  description: 'Create or update a company, and add the person on the page to it.',
  platform: 'web',
  defaultSubscription: 'type = "group"',
  fields: {
    company: companyFields.group_company,
    nested_values: nestedFields.nested_values,
    hide_default_launcher: contactFields.hide_default_launcher
  },
  perform: (messenger, { payload, settings, context, mapping }) => {
    if (!messenger) return
    const source = toCompanySource(mapping, 'company')
    const nestedLosses: Loss[] = []
    const single = unnestCompany(payload.company, payload.nested_values, source, nestedLosses)
    const { company, losses } = buildCompany(single, 'company', source)
    const body: UpdateBody = {
      ...(company && { company: toMessengerCompany(company) }),
      ...toLauncherFlag(payload, context.event, losses)
    }
    // An empty update would still use one of the twenty that Intercom allows for a page.
    if (Object.keys(body).length > 0) messenger.update({ ...body, ...toMessengerWidget(settings) }, 'company')
    reportLosses('identifyCompany', [...nestedLosses, ...losses], context, settings)
  }
}

export default action
