import type { DynamicFieldResponse, ExecuteInput, RequestClient } from '@segment/actions-core'
import type { IntercomClient } from './client/intercom-client'
import type { AttributeModel, DataAttribute } from './client/types'
import type { Dependencies } from './dependencies'
import { toMultiStatusError } from './errors'
import type { Settings } from './generated-types'
import { createCallContext } from './state/call-context'

type Choice = DynamicFieldResponse['choices'][number]

/** The choices that Segment's mapping form offers, read from the connected workspace. */
export function toDynamicField<P>(
  dependencies: Dependencies,
  findChoices: (client: IntercomClient) => Promise<Choice[]>
) {
  return async (request: RequestClient, data: ExecuteInput<Settings, P>): Promise<DynamicFieldResponse> => {
    try {
      return { choices: await findChoices(createCallContext(dependencies, request, data).client), nextPage: '' }
    } catch (thrown) {
      const { status, errormessage } = toMultiStatusError(thrown)
      return { choices: [], nextPage: '', error: { code: String(status), message: errormessage } }
    }
  }
}

/** The teammates who can own a contact. */
export async function findOwnerChoices(client: IntercomClient): Promise<Choice[]> {
  return (await client.findAdmins()).map(({ id, name }) => ({ value: id, label: name }))
}

/** The same teammates by their addresses. */
export async function findOwnerEmailChoices(client: IntercomClient): Promise<Choice[]> {
  return (await client.findAdmins()).flatMap(({ email, name }) =>
    email === undefined ? [] : [{ value: email, label: name }]
  )
}

/** Adds choices for the tag fields. The types of actions-core do not allow them for a list of texts; its code does. */
export function withTagChoices<F extends object>(dependencies: Dependencies, fields: F): F {
  for (const key of ['tags_to_add', 'tags_to_remove'])
    Reflect.set(fields, key, toDynamicField(dependencies, findTagChoices))
  return fields
}

async function findTagChoices(client: IntercomClient): Promise<Choice[]> {
  return (await client.findTags()).map(({ name }) => ({ value: name, label: name }))
}

/** The subscription types, each with the decision that a person makes about it. */
export async function findSubscriptionChoices(client: IntercomClient): Promise<Choice[]> {
  return (await client.findSubscriptionTypes()).map(({ id, name, consent_type }) => ({
    value: id,
    label: `${name} (${consent_type === 'opt_in' ? 'opt-in' : 'opt-out'})`
  }))
}

/** The custom attributes that the API may write, with their types. */
export function findAttributeChoices(model: AttributeModel): (client: IntercomClient) => Promise<Choice[]> {
  return async (client) =>
    (await client.findAttributes(model))
      .filter(({ isWritable }) => isWritable)
      .map(({ name, data_type }) => ({ value: name, label: `${name} (${data_type})`, type: toFieldType(data_type) }))
}

function toFieldType(data_type: DataAttribute['data_type']): NonNullable<Choice['type']> {
  switch (data_type) {
    case 'integer':
      return 'integer'
    case 'float':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'date':
    case 'datetime':
      return 'datetime'
    default:
      return 'string'
  }
}
