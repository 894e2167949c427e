import { toScalar, type Scalar } from '@intercom-destinations/shared-mapping'
import type { IntercomClient } from '../client/intercom-client'
import type { AttributeModel, AttributeType, DataAttribute } from '../client/types'
import { toAttributeValue } from './attribute-value'
import { BAD_REQUEST, CONFLICT, FORBIDDEN, UNPROCESSABLE } from '../client/http-status'
import { hasStatus } from '../client/intercom-api-error'

/** What Intercom calls the two models in its messages. */
const MODEL_WORDS: Readonly<Record<AttributeModel, readonly string[]>> = {
  contact: ['people', 'person', 'contact', 'user'],
  company: ['company', 'companies']
}

/** OpenAPI 2.16, create a data attribute: "You already have 'x' in your company data. To save this as new people data, …" */
const ALREADY_EXISTS = /^You already have .*\bin your (\w+) data\b(?:.*\bas new (\w+) data\b)?/i

/** Names of dates, in snake case and camel case. */
const DATE_NAME = /(?:_at|At|_date|Date)$/
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/
const ISO_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s?(?:Z|[+-]\d{2}(?::?\d{2})?)?$/i

/**
 * Creates the attribute with the type that its name and value suggest; `undefined` if Intercom rejects it. An attribute
 * that another process created a moment ago counts as a success.
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
    if (!hasStatus(thrown, BAD_REQUEST, FORBIDDEN, CONFLICT, UNPROCESSABLE)) throw thrown
    if (!isExisting(thrown.details.text, model)) return undefined
  }
  return { name, data_type, isWritable: true }
}

/** The models in the message show whether the name is taken in this model or in the other one. */
export function isExisting(text: string, model: AttributeModel): boolean {
  const [, holder, wanted] = ALREADY_EXISTS.exec(text) ?? []
  if (holder === undefined) return false
  if (wanted !== undefined) return holder.toLowerCase() === wanted.toLowerCase()
  return MODEL_WORDS[model].includes(holder.toLowerCase())
}

/**
 * The type of an attribute cannot be changed, so it is the widest one for the value: a fraction may follow a whole number.
 * It is a date only if both name and value look like one. `null` has no type.
 */
function toDataType(name: string, value: Scalar): AttributeType | undefined {
  if (value === null) return undefined
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'number') return 'float'
  if (!DATE_NAME.test(name) || toAttributeValue(value, 'datetime') === undefined) return 'string'
  if (ISO_DAY.test(value)) return 'date'
  return ISO_TIME.test(value) ? 'datetime' : 'string'
}

/** The same for any value; `undefined` if no attribute takes it. For hosts that list what has to be created. */
export function toAttributeType(name: string, value: unknown): AttributeType | undefined {
  const scalar = toScalar(value)
  return scalar === undefined ? undefined : toDataType(name, scalar)
}
