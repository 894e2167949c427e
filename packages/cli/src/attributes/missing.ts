import type { AttributeNeed } from '../check/attribute-needs'
import type { WorkspaceAttributes } from '../check/workspace-attributes'
import { WIDEST_TYPE } from '../report/missing-attributes'
import type { AttributeRow } from '../report/report'

/** The attributes that the workspace does not have. An archived one still has its name, so it cannot be created. */
export function toMissing(needs: readonly AttributeNeed[], there: WorkspaceAttributes): AttributeRow[] {
  return needs
    .filter(({ model, name }) => !there[model].has(name))
    .map(({ model, name, newType = WIDEST_TYPE, events }) => ({ model, name, type: newType, count: events }))
}
