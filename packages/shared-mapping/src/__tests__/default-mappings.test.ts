import { transform } from '@segment/actions-core'
import fc from 'fast-check'
import { asText, companyFields, contactFields, eventFields } from '..'

const numRuns = Number(process.env.PROPERTY_RUNS ?? 500)

const path = (at: string) => ({ '@path': at })
const without = (at: string, pattern = ' ', pattern2 = '\t') => ({
  '@replace': {
    replacement: '',
    replacement2: '',
    ignorecase: false,
    global: true,
    pattern,
    pattern2,
    value: path(at)
  }
})

/** The defaults as older mappings have them that are saved. */
const INTERCOM = '$.integrations.Intercom'
const LOWER_CASE = '$.integrations.intercom'
const BELOW_LOWER_CASE = {
  '@if': {
    blank: without(LOWER_CASE),
    else: { '@if': { blank: without(`${LOWER_CASE}.unsubscribed`), then: path(`${LOWER_CASE}.unsubscribed`) } }
  }
}
const SAVED_UNSUBSCRIBED = {
  '@if': {
    blank: without('$.context.Intercom.unsubscribedFromEmails'),
    then: path('$.context.Intercom.unsubscribedFromEmails'),
    else: {
      '@if': {
        blank: without(INTERCOM),
        then: BELOW_LOWER_CASE,
        else: {
          '@if': {
            blank: without(`${INTERCOM}.unsubscribed`),
            then: path(`${INTERCOM}.unsubscribed`),
            else: BELOW_LOWER_CASE
          }
        }
      }
    }
  }
}
const CURRENCY = '$.properties.currency'
const inside = (at: string, otherwise: object) => ({
  '@if': { blank: without(at, '0', 'false'), then: path(at), else: otherwise }
})
const SAVED_CURRENCY = {
  '@if': {
    blank: without(CURRENCY),
    then: path(CURRENCY),
    else: inside(
      '$.properties.revenue.currency',
      inside('$.properties.total.currency', { '@if': { blank: without(CURRENCY), then: path(CURRENCY) } })
    )
  }
}

const savedFirstOf = (...paths: string[]) =>
  paths.reduceRight<object | undefined>(
    (otherwise, at) => ({ '@if': { blank: without(at), then: path(at), ...(otherwise && { else: otherwise }) } }),
    undefined
  )
const SAVED_REVENUE = savedFirstOf(
  '$.properties.revenue.amount',
  '$.properties.revenue',
  '$.properties.total.amount',
  '$.properties.total'
)
const SAVED_CREATED_AT = savedFirstOf(
  '$.traits.createdAt',
  '$.traits.created_at',
  '$.traits.created',
  '$.traits.remoteCreatedAt'
)

const VALUES = [undefined, null, '', ' ', '\t ', 'false', 'yes', 'USD', false, true, 0, 1, [], ['x'], {}]
const value = fc.constantFrom(...VALUES)
const valueOrObject = (key: string) =>
  fc.oneof(
    value,
    value.map((inner) => ({ [key]: inner }))
  )
const option = valueOrObject('unsubscribed')
const money = valueOrObject('currency')

const amount = valueOrObject('amount')

const resolve = (directive: object | undefined, event: Record<string, unknown>) =>
  transform({ field: { ...directive } }, event)

test('property: whether a person has unsubscribed is read as in mappings that were saved before', () => {
  const { default: current } = asText(contactFields.unsubscribed_from_emails)
  fc.assert(
    fc.property(value, option, option, (unsubscribedFromEmails, Intercom, intercom) => {
      const event = { context: { Intercom: { unsubscribedFromEmails } }, integrations: { Intercom, intercom } }
      expect(resolve(current, event)).toStrictEqual(resolve(SAVED_UNSUBSCRIBED, event))
    }),
    { numRuns }
  )
})

test('property: the currency of an event is read as in mappings that were saved before', () => {
  const { default: current } = asText(eventFields.currency)
  fc.assert(
    fc.property(value, money, money, (currency, revenue, total) => {
      const event = { properties: { currency, revenue, total } }
      expect(resolve(current, event)).toStrictEqual(resolve(SAVED_CURRENCY, event))
    }),
    { numRuns }
  )
})

test('property: the revenue of an event is read as in mappings that were saved before', () => {
  const { default: current } = asText(eventFields.revenue)
  fc.assert(
    fc.property(amount, amount, (revenue, total) => {
      const event = { properties: { revenue, total } }
      expect(resolve(current, event)).toStrictEqual(resolve(SAVED_REVENUE, event))
    }),
    { numRuns }
  )
})

test('property: when a company was created is read as in mappings that were saved before', () => {
  const { default: current } = asText(companyFields.company_created_at)
  fc.assert(
    fc.property(value, value, value, value, (createdAt, created_at, created, remoteCreatedAt) => {
      const event = { traits: { createdAt, created_at, created, remoteCreatedAt } }
      expect(resolve(current, event)).toStrictEqual(resolve(SAVED_CREATED_AT, event))
    }),
    { numRuns }
  )
})
