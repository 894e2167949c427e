import { toRecord } from '@intercom-destinations/shared-mapping'
import type { AttributeModel, DataAttribute } from '../client/types'
import type { WorkspaceState } from '../state/state-store'

/** The custom attributes of a workspace, as they were read. */
export interface Schema {
  /** Milliseconds. */
  readAt: number
  /** `undefined` if the token lacks the scope to read them. */
  attributes: Map<string, DataAttribute> | undefined
  /** Names that Intercom refused to create, or reported as unknown. */
  missing: Set<string>
}

/** The names of attributes are those of the workspace, without a value of a person. */
const FIELD = 'schema'

const toRecordName = (model: AttributeModel): string => `attributes ${model}`

/** Lets other processes use the attributes. Their age is counted, because the clocks of processes differ. */
export async function shareSchema(
  state: Pick<WorkspaceState, 'merge'>,
  model: AttributeModel,
  { readAt, attributes, missing }: Schema,
  now: number
): Promise<void> {
  const value = JSON.stringify({
    ageMs: now - readAt,
    attributes: attributes && [...attributes.values()],
    missing: [...missing]
  })
  await state.merge([{ record: toRecordName(model), field: FIELD, value }])
}

/** What another process shared; `undefined` if there is none, or if another release wrote it in another form. */
export async function readSharedSchema(
  state: Pick<WorkspaceState, 'read'>,
  model: AttributeModel,
  now: number
): Promise<Schema | undefined> {
  const record = toRecordName(model)
  const snapshot = await state.read([record])
  const field = snapshot.get(record)?.get(FIELD)
  const shared = field && toRecord(parse(field.value))
  if (!shared || typeof shared.ageMs !== 'number' || !Array.isArray(shared.missing)) return undefined
  const { attributes } = shared
  return {
    readAt: now - (snapshot.now - field.stamp) - shared.ageMs,
    attributes: Array.isArray(attributes)
      ? new Map(attributes.flatMap(toAttribute).map((attribute) => [attribute.name, attribute]))
      : undefined,
    missing: new Set(shared.missing.filter((name: unknown) => typeof name === 'string'))
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function toAttribute(value: unknown): DataAttribute[] {
  const { name, data_type, isWritable } = toRecord(value) ?? {}
  if (typeof name !== 'string' || typeof data_type !== 'string' || typeof isWritable !== 'boolean') return []
  return [{ name, data_type, isWritable }]
}
