import { createRequestClient } from '@segment/actions-core'
import { REGION_HOSTS, REGIONS } from '@intercom-destinations/shared-mapping'
import { toBody, withinTime } from './answer'
import { exchangeError } from '../errors'
import { toApiError, toNoAnswer, unreadable } from './intercom-api-error'
import { toAccessToken } from './response-shapes'
import { INTERCOM_API_VERSION } from '../versioning-info'

export interface AuthorizationRequest {
  clientId: string
  /** An unguessable text that is returned with the code. Compare it before you exchange the code. */
  state: string
  /** `us`, `eu` or `au`; anything else is the US page. */
  region?: string
  /** One of the redirect URLs of the app; the first one if left out. */
  redirectUri?: string
}

/** The page on which an admin connects a workspace. The scopes are those of the app. */
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
  /** Unchanged: a code may end in `=`. */
  code: string
}

// The same endpoint for every region (developers.intercom.com, setting-up-oauth).
const EXCHANGE = 'POST /auth/eagle/token'
const EXCHANGE_PATH = '/auth/eagle/token'

/** Exchanges an authorization code for the access token. It does not expire, and there is no refresh token. */
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
