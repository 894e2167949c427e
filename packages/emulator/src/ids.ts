/** Ids as Intercom shapes them, but counted, so that a test can name them: the same calls give the same ids. */
export interface Ids {
  readonly contact: () => string
  readonly company: () => string
  readonly leadExternalId: () => string
  readonly tag: () => string
  readonly dataAttribute: () => number
  readonly request: () => string
}

// A contact's id has 24 hex digits: 8 of time in the real one. Here they carry the seed instead.
const EPOCH = 0x65000000
const FIRST_TAG = 7_500_001
const FIRST_ATTRIBUTE = 8_100_001

const hex = (value: number, width: number) => value.toString(16).padStart(width, '0')

export const createIds = (seed: number): Ids => {
  const counts = { contact: 0, company: 0, lead: 0, tag: 0, attribute: 0, request: 0 }
  const objectId = (kind: 'contact' | 'company', mark: string) =>
    `${hex((EPOCH + seed) >>> 0, 8)}${mark}${hex(++counts[kind], 14)}`
  return {
    contact: () => objectId('contact', 'c0'),
    company: () => objectId('company', 'ca'),
    leadExternalId: () => `${hex((EPOCH + seed) >>> 0, 8)}-0000-4000-8000-${hex(++counts.lead, 12)}`,
    tag: () => String(FIRST_TAG + counts.tag++),
    dataAttribute: () => FIRST_ATTRIBUTE + counts.attribute++,
    request: () => hex(++counts.request, 20)
  }
}
