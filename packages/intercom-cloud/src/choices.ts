import type { DynamicFieldResponse, ExecuteInput, RequestClient } from '@segment/actions-core'
import type { AttributeModel, DataAttribute, IntercomApi } from './api'
import type { Environment } from './environment'
import { toVerdict } from './errors'
import type { Settings } from './generated-types'
import { openSession } from './session'

type Choice = DynamicFieldResponse['choices'][number]

/** What the catalog's form offers while somebody maps: asked of the workspace that is being connected. */
export function toChoices<P>(environment: Environment, find: (api: IntercomApi) => Promise<Choice[]>) {
  return async (request: RequestClient, data: ExecuteInput<Settings, P>): Promise<DynamicFieldResponse> => {
    try {
      return { choices: await find(openSession(environment, request, data).api), nextPage: '' }
    } catch (thrown) {
      const { status, errormessage } = toVerdict(thrown)
      return { choices: [], nextPage: '', error: { code: String(status), message: errormessage } }
    }
  }
}

/** The teammates who can own a contact. */
export async function findOwnerChoices(api: IntercomApi): Promise<Choice[]> {
  return (await api.findAdmins()).map(({ id, name }) => ({ value: id, label: name }))
}

/** actions-core's types know no choices for a list of texts; its code, and Segment's form, do. */
export function withTagChoices<F extends object>(environment: Environment, fields: F): F {
  for (const key of ['tags_to_add', 'tags_to_remove']) Reflect.set(fields, key, toChoices(environment, findTagChoices))
  return fields
}

async function findTagChoices(api: IntercomApi): Promise<Choice[]> {
  return (await api.findTags()).map(({ name }) => ({ value: name, label: name }))
}

/** The custom attributes that the API may write, with their types. */
export function findAttributeChoices(model: AttributeModel): (api: IntercomApi) => Promise<Choice[]> {
  return async (api) =>
    (await api.findAttributes(model))
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
