import { bodyOf, isBody, param, type Answer, type Body, type Call } from '../http/call'
import type { DataAttribute, DataType, Model } from '../model/entities'
import { parameterInvalid, Refusal } from '../http/errors'
import { formatAttribute } from '../model/format'
import { CUSTOM_ATTRIBUTES_PER_WORKSPACE, OPTIONS_MIN } from '../model/limits'
import { isStandardAttribute, standardAttributes } from '../model/standard-attributes'
import { readBoolean, readText } from '../model/assumed-validation'
import { refuseUnknown } from '../model/validate'
import type { Workspace } from '../model/workspace'
import { ok, route } from './route'

const MODELS: readonly Model[] = ['contact', 'company']

const DATA_TYPES: readonly DataType[] = ['string', 'integer', 'float', 'boolean', 'date', 'datetime']

/** Letters, digits, currency signs and hyphens, as the refusal says; also blanks and underscores, as in real workspaces. */
const NAME = /^[\p{L}\p{N}\p{Sc}_ -]+$/u

/** S2.16, create_data_attribute_request. */
const NEW_PARAMETERS = new Map([
  ['name', '2.0'],
  ['model', '2.0'],
  ['data_type', '2.0'],
  ['options', '2.0'],
  ['description', '2.0'],
  ['messenger_writable', '2.0']
])

/** S2.16, update_data_attribute_request. */
const PARAMETERS = new Map([
  ['archived', '2.0'],
  ['options', '2.0'],
  ['description', '2.0'],
  ['messenger_writable', '2.0']
])

const readModel = (value: unknown): Model => {
  const model = MODELS.find((one) => one === value)
  if (!model) throw parameterInvalid('The Data Attribute model field must be either contact or company')
  return model
}

const listAttributes = ({ query }: Call, workspace: Workspace): Answer => {
  const asked = query.get('model')
  if (asked === 'conversation') {
    throw new Refusal(
      422,
      'parameter_invalid',
      'model=conversation is no longer supported. Use GET /conversations/attributes instead'
    )
  }
  const models = asked === null ? MODELS : [readModel(asked)]
  const withArchived = query.get('include_archived') === 'true'
  const data = models.flatMap((model) => [
    ...standardAttributes(model),
    ...workspace.store.attributes
      .filter((attribute) => attribute.model === model && (withArchived || !attribute.archived))
      .map((attribute) => formatAttribute(attribute, workspace))
  ])
  return ok({ type: 'list', data })
}

const readOptions = (body: Body): string[] => {
  const { options } = body
  if (!Array.isArray(options)) throw parameterInvalid("Options isn't an array")
  const values = options.map((option: unknown) => {
    if (!isBody(option) || typeof option.value !== 'string') throw parameterInvalid('An option needs a value')
    return option.value
  })
  if (values.length < OPTIONS_MIN) throw parameterInvalid('You must have at least two options for a list')
  return values
}

/** S2.16, POST /data_attributes: the refusals with its texts. */
const refuseName = (name: string, model: Model, { store }: Workspace): void => {
  if (!NAME.test(name)) {
    throw parameterInvalid(
      'Your name for this attribute must only contain alphanumeric characters, currency symbols, and hyphens'
    )
  }
  if (isStandardAttribute(model, name)) {
    throw parameterInvalid(`'${name}' is one of our standard attributes. Please use a different name.`)
  }
  const holders = store.attributes.filter((attribute) => attribute.name === name)
  const holder = holders.find((attribute) => attribute.model === model) ?? holders[0]
  if (holder) {
    const word = { contact: 'people', company: 'company' }
    throw parameterInvalid(
      `You already have '${name}' in your ${word[holder.model]} data. ` +
        `To save this as new ${word[model]} data, use a different name.`
    )
  }
  if (store.attributes.filter(({ archived }) => !archived).length >= CUSTOM_ATTRIBUTES_PER_WORKSPACE) {
    throw new Refusal(400, 'custom_data_limit_reached', 'The limit of custom data attributes has been reached')
  }
}

const readDescription = (body: Body, { unknowns }: Workspace): string | null | undefined => {
  if (!Object.hasOwn(body, 'description')) return undefined
  return body.description === null ? null : readText(body.description, 'description', unknowns)
}

const createAttribute = (call: Call, workspace: Workspace): Answer => {
  const { store, ids, now } = workspace
  const body = bodyOf(call)
  refuseUnknown(body, NEW_PARAMETERS, call.version)
  const model = readModel(body.model)
  const name = readText(body.name, 'name', workspace.unknowns)
  const isList = body.data_type === 'options'
  const data_type = isList ? 'string' : DATA_TYPES.find((one) => one === body.data_type)
  if (!data_type) throw parameterInvalid("Data Type isn't an option")
  refuseName(name, model, workspace)
  const attribute = store.putAttribute({
    id: ids.dataAttribute(),
    name,
    model,
    data_type,
    description: readDescription(body, workspace) ?? null,
    options: isList ? readOptions(body) : null,
    messenger_writable: 'messenger_writable' in body && readBoolean(body.messenger_writable, 'messenger_writable'),
    archived: false,
    hasDependants: false,
    created_at: now(),
    updated_at: now()
  })
  return ok(formatAttribute(attribute, workspace))
}

const updateAttribute = (call: Call, workspace: Workspace): Answer => {
  const { store, now } = workspace
  const before = store.attribute(Number(param(call, 'id')))
  if (!before) throw new Refusal(404, 'field_not_found', "We couldn't find that data attribute to update")
  const body = bodyOf(call)
  // The type cannot be changed (S2.16): data_type is not a parameter here.
  refuseUnknown(body, PARAMETERS, call.version)
  const description = readDescription(body, workspace)
  const archived = 'archived' in body ? readBoolean(body.archived, 'archived') : before.archived
  if (archived && !before.archived && before.hasDependants) {
    throw new Refusal(422, 'data_invalid', 'The Data Attribute you are trying to archive has a dependant object')
  }
  const next: DataAttribute = {
    ...before,
    description: description === undefined ? before.description : description,
    options: 'options' in body ? readOptions(body) : before.options,
    messenger_writable:
      'messenger_writable' in body
        ? readBoolean(body.messenger_writable, 'messenger_writable')
        : before.messenger_writable,
    archived,
    updated_at: now()
  }
  return ok(formatAttribute(store.putAttribute(next), workspace))
}

export const dataAttributeRoutes = [
  route('GET /data_attributes', listAttributes),
  route('POST /data_attributes', createAttribute),
  route('PUT /data_attributes/{id}', updateAttribute)
]
