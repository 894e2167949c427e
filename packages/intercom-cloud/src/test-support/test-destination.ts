import { createTestIntegration, type SegmentEvent } from '@segment/actions-core'
import { intercomCloud } from '..'

/** `2024-01-02T03:04:05Z` */
export const NOW = 1_704_164_645_000
export const TIMESTAMP = '2024-01-02T03:04:05.000Z'
/** `TIMESTAMP` in Unix seconds. */
export const SECONDS = 1704164645

/** A process of its own: what one test leaves in the cache, another does not find. */
export const openDestination = () =>
  createTestIntegration(intercomCloud({ now: () => NOW, sleep: () => Promise.resolve() }))

export const connection = { settings: {}, auth: { accessToken: 'token', refreshToken: '' } }

/** A call of `testAction` for an event, with the default mapping of the action and these changes. */
export const toCall = (event: Partial<SegmentEvent> & { type: SegmentEvent['type'] }, mapping = {}) => ({
  event: { messageId: 'm1', timestamp: TIMESTAMP, ...event },
  mapping,
  useDefaultMappings: true,
  ...connection
})

/** A list of errors as Intercom answers it. */
export const toErrors = (code: string, message: string) => ({ type: 'error.list', errors: [{ code, message }] })

export const CONTACT = { type: 'contact', id: '65a1', role: 'user', external_id: 'u1' }
export const COMPANY = { type: 'company', id: '65c1', company_id: 'c1', name: 'Acme' }

/** Contacts as a search finds them. */
export const toFound = (...data: object[]) => ({ type: 'list', data, total_count: data.length })
