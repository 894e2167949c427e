import { adminRoutes } from './admins'
import { companyRoutes } from './companies'
import { companyListRoutes } from './company-lists'
import { contactRoutes } from './contacts'
import { dataAttributeRoutes } from './data-attributes'
import { eventListRoutes } from './event-lists'
import { eventRoutes } from './events'
import { meRoutes } from './me'
import { noteRoutes } from './notes'
import { oauthRoutes } from './oauth'
import type { Route } from './route'
import { subscriptionRoutes } from './subscriptions'
import { tagRoutes } from './tags'
import { unfilledRoutes } from './unfilled'
import { visitorRoutes } from './visitors'
import { widgetRoutes } from './widget'

/** Every operation the emulator answers; anything else is a 501. */
export const routes: readonly Route[] = [
  ...meRoutes,
  ...adminRoutes,
  ...contactRoutes,
  ...companyRoutes,
  ...companyListRoutes,
  ...eventRoutes,
  ...eventListRoutes,
  ...unfilledRoutes,
  ...noteRoutes,
  ...tagRoutes,
  ...subscriptionRoutes,
  ...visitorRoutes,
  ...widgetRoutes,
  ...dataAttributeRoutes,
  ...oauthRoutes
]
