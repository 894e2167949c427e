import { HTTP_STATUS } from '@intercom-destinations/delivery'
import type { RequestClient } from '@segment/actions-core'
import type { AttributeModel } from './attribute-needs'
import { isJsonObject } from '@intercom-destinations/delivery'
import { ask } from './scope-probes'

/** A custom attribute as the workspace has it. */
export interface WorkspaceAttribute {
  /** `string`, `integer`, `float`, `boolean` or `date`, in Intercom's words. */
  readonly type: string
  readonly archived: boolean
}

export type WorkspaceAttributes = Readonly<Record<AttributeModel, ReadonlyMap<string, WorkspaceAttribute>>>

/** The custom attributes of the workspace, including archived ones; `undefined` when Intercom refuses to list them. */
export async function listWorkspaceAttributes(
  request: RequestClient,
  host: string
): Promise<WorkspaceAttributes | undefined> {
  const contact = await list(request, host, 'contact')
  const company = await list(request, host, 'company')
  return contact && company ? { contact, company } : undefined
}

async function list(request: RequestClient, host: string, model: AttributeModel) {
  const { status, data } = await ask(request, `${host}/data_attributes?model=${model}&include_archived=true`)
  if (status !== HTTP_STATUS.ok || !isJsonObject(data) || !Array.isArray(data.data)) return undefined
  const attributes = new Map<string, WorkspaceAttribute>()
  for (const item of data.data) {
    if (!isJsonObject(item) || item.custom !== true) continue
    const { name, data_type, archived } = item
    if (typeof name !== 'string' || typeof data_type !== 'string') continue
    // A name can be reused after its attribute was archived; the active attribute counts.
    if (archived === true && attributes.has(name)) continue
    attributes.set(name, { type: data_type, archived: archived === true })
  }
  return attributes
}
