/** Ids in Intercom's format, but counted, so that a test can name them: the same calls give the same ids. */
export interface Ids {
  readonly contact: () => string
  readonly company: () => string
  readonly leadExternalId: () => string
  readonly tag: () => string
  readonly dataAttribute: () => number
  readonly note: () => string
  readonly subscriptionType: () => string
  readonly visitor: () => string
  readonly visitorUserId: () => string
  readonly oauthCode: () => string
  readonly scroll: () => string
  readonly request: () => string
}

// An id of a contact has 24 hex digits. The first 8 are a time in Intercom; here they hold the seed.
const EPOCH = 0x65000000
const FIRST_TAG = 7_500_001
const FIRST_ATTRIBUTE = 8_100_001
/** The id of the attribute `creation_source`, which is never declared. */
export const CREATION_SOURCE_ID = FIRST_ATTRIBUTE - 1
const FIRST_NOTE = 9_100_001
const FIRST_SUBSCRIPTION_TYPE = 9_200_001

const hex = (value: number, width: number) => value.toString(16).padStart(width, '0')

export const createIds = (seed: number): Ids => {
  const counts = {
    contact: 0,
    company: 0,
    lead: 0,
    tag: 0,
    attribute: 0,
    request: 0,
    note: 0,
    type: 0,
    visitor: 0,
    person: 0,
    code: 0,
    scroll: 0
  }
  const objectId = (kind: 'contact' | 'company' | 'visitor', prefix: string) =>
    `${hex((EPOCH + seed) >>> 0, 8)}${prefix}${hex(++counts[kind], 14)}`
  return {
    contact: () => objectId('contact', 'c0'),
    company: () => objectId('company', 'ca'),
    leadExternalId: () => `${hex((EPOCH + seed) >>> 0, 8)}-0000-4000-8000-${hex(++counts.lead, 12)}`,
    tag: () => String(FIRST_TAG + counts.tag++),
    dataAttribute: () => FIRST_ATTRIBUTE + counts.attribute++,
    note: () => String(FIRST_NOTE + counts.note++),
    subscriptionType: () => String(FIRST_SUBSCRIPTION_TYPE + counts.type++),
    visitor: () => objectId('visitor', 'c1'),
    visitorUserId: () => `${hex((EPOCH + seed) >>> 0, 8)}-0000-4000-9000-${hex(++counts.person, 12)}`,
    // Base64 of ten letters ends in `==`, which a client may lose by mistake.
    oauthCode: () => btoa(`code-${hex(++counts.code, 5)}`),
    scroll: () => `${hex((EPOCH + seed) >>> 0, 8)}-0000-4000-a000-${hex(++counts.scroll, 12)}`,
    request: () => hex(++counts.request, 20)
  }
}
