import type { Scalar } from '@intercom-destinations/shared-mapping'
import type { IntercomClient } from '../client/intercom-client'
import type { AttributeBody, AttributeModel, DataAttribute } from '../client/types'
import { toAttributeValue } from './attribute-value'
import { IntercomApiError } from '../client/intercom-api-error'

/** Intercom's words for the two models, in its sentences. */
const MODEL_WORDS: Readonly<Record<AttributeModel, readonly string[]>> = {
  contact: ['people', 'person', 'contact', 'user'],
  company: ['company', 'companies']
}

/** OpenAPI 2.16, create a data attribute: "You already have 'x' in your company data. To save this as new people data, …" */
const ALREADY_THERE = /^You already have .*\bin your (\w+) data\b(?:.*\bas new (\w+) data\b)?/i

/** Names that promise a date, in the spellings of snake and camel case. */
const DATE_NAME = /(?:_at|At|_date|Date)$/
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/
const ISO_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s?(?:Z|[+-]\d{2}(?::?\d{2})?)?$/i

/**
 * Creates the attribute with the type that its name and value show; `undefined` where Intercom will not have it. That
 * another worker created it a moment ago counts as success.
 */
export async function createAttribute(
  client: IntercomClient,
  model: AttributeModel,
  name: string,
  value: Scalar
): Promise<DataAttribute | undefined> {
  const data_type = toDataType(name, value)
  if (data_type === undefined) return undefined
  try {
    await client.createAttribute({ name, model, data_type })
  } catch (thrown) {
    if (!(thrown instanceof IntercomApiError) || ![400, 403, 409, 422].some((status) => status === thrown.status))
      throw thrown
    if (!isThere(thrown.details.text, model)) return undefined
  }
  return { name, data_type, isWritable: true }
}

/** Both sentences end alike. The two models in them tell whether the name is taken here or by the other model. */
function isThere(text: string, model: AttributeModel): boolean {
  const [, holder, wanted] = ALREADY_THERE.exec(text) ?? []
  if (holder === undefined) return false
  if (wanted !== undefined) return holder.toLowerCase() === wanted.toLowerCase()
  return MODEL_WORDS[model].includes(holder.toLowerCase())
}

/**
 * The type of an attribute stays for good, so it is the widest that the value allows: a fraction may follow a whole
 * number. A date is made only where name and value both say so. `null` tells no type.
 */
function toDataType(name: string, value: Scalar): AttributeBody['data_type'] | undefined {
  if (value === null) return undefined
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'number') return 'float'
  if (!DATE_NAME.test(name) || toAttributeValue(value, 'datetime') === undefined) return 'string'
  if (ISO_DAY.test(value)) return 'date'
  return ISO_TIME.test(value) ? 'datetime' : 'string'
}
