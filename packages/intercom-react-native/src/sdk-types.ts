import type { Scalar } from '@intercom-destinations/shared-mapping'

type Scalars = Record<string, Scalar>

/** Properties of an event. Android's bridge drops objects and lists, so there are none. */
export type EventMetadata = Scalars

/** A person as `@intercom/intercom-react-native` takes it (`UserAttributes` of 10.7.1). Times are Unix seconds. */
export interface UserAttributes {
  userId?: string
  email?: string
  name?: string
  phone?: string
  languageOverride?: string
  signedUpAt?: number
  unsubscribedFromEmails?: boolean
  customAttributes?: Scalars
  companies?: SdkCompany[]
}

/** A company. Size, website and industry have no field of their own. */
export interface SdkCompany {
  id: string
  name?: string
  plan?: string
  monthlySpend?: number
  createdAt?: number
  customAttributes?: Scalars
}
