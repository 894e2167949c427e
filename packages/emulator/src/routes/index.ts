import { companyRoutes } from './companies'
import { contactRoutes } from './contacts'
import { dataAttributeRoutes } from './data-attributes'
import { eventRoutes } from './events'
import { meRoutes } from './me'
import { oauthRoutes } from './oauth'
import type { Route } from './route'
import { tagRoutes } from './tags'

/** Every operation the emulator answers; anything else is a 501. */
export const routes: readonly Route[] = [
  ...meRoutes,
  ...contactRoutes,
  ...companyRoutes,
  ...eventRoutes,
  ...tagRoutes,
  ...dataAttributeRoutes,
  ...oauthRoutes
]
