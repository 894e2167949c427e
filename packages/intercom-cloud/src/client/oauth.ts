import { createRequestClient } from '@segment/actions-core'
import { REGION_HOSTS, REGIONS } from '@intercom-destinations/shared-mapping'
import { toBody, withinTime } from './answer'
import { exchangeError } from '../errors'
import { toApiError, toNoAnswer, unreadable } from './intercom-api-error'
import { toAccessToken } from './response-shapes'
import { INTERCOM_API_VERSION } from '../versioning-info'

export interface AuthorizationRequest {
  clientId: string
  /** An unguessable text that comes back with the code; compare it before you exchange anything. */
  state: string
  /** `us`, `eu` or `au`; anything else is the US page. */
  region?: string
  /** One of the addresses registered on the app; the first of them when left out. */
  redirectUri?: string
}

/** Where to send an admin who is to connect a workspace. Scopes are chosen on the app, not here. */
export function authorizationUrl({ clientId, state, region, redirectUri }: AuthorizationRequest): string {
  const url = new URL(REGION_HOSTS[REGIONS.find((known) => known === region) ?? 'us'].authorize)
  url.searchParams.set('client_id', clientId)
  url.searchParams.set('state', state)
  if (redirectUri !== undefined) url.searchParams.set('redirect_uri', redirectUri)
  return url.toString()
}

export interface CodeExchange {
  clientId: string
  clientSecret: string
  /** As it came: a code may end in `=`, which belongs to it. */
  code: string
}

// The one endpoint for every region (developers.intercom.com, setting-up-oauth, names no other).
const EXCHANGE = 'POST /auth/eagle/token'
const EXCHANGE_PATH = '/auth/eagle/token'

/** Exchanges the code of an authorization for the access token. It does not expire, and there is no refresh token. */
export async function exchangeCode(
  { clientId, clientSecret, code }: CodeExchange,
  { restHost = REGION_HOSTS.us.rest }: { restHost?: string } = {}
): Promise<{ accessToken: string }> {
  try {
    const request = createRequestClient({
      headers: { accept: 'application/json', 'Intercom-Version': INTERCOM_API_VERSION }
    })
    const response = await withinTime(
      request(restHost + EXCHANGE_PATH, {
        method: 'POST',
        json: { client_id: clientId, client_secret: clientSecret, code },
        throwHttpErrors: false,
        redirect: 'manual'
      })
    ).catch((thrown: unknown) => {
      throw toNoAnswer(EXCHANGE, thrown)
    })
    if (!response.ok) throw toApiError(EXCHANGE, response)
    const body = toBody(response)
    const accessToken = body.kind === 'json' && !response.redirected ? toAccessToken(body.value) : undefined
    if (accessToken === undefined) throw unreadable(EXCHANGE)
    return { accessToken }
  } catch (thrown) {
    throw exchangeError(thrown)
  }
}
