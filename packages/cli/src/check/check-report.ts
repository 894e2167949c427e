import type { AttributeNeed, FileNeeds } from './attribute-needs'
import type { Probed } from './scope-probes'
import type { WorkspaceAttribute, WorkspaceAttributes } from './workspace-attributes'

/** The result of a check: names of fields and events, and no values. */
export interface CheckReport {
  /** `null` when the token has no permission to read it. */
  readonly workspace: string | null
  readonly region: string | null
  readonly playedBy: string | null
  readonly permissions: readonly Probed[]
  /** Scopes that only a write would show. */
  readonly notProbed: readonly string[]
  readonly file: FileCheck | null
  /** Whether nothing is missing, as far as reads can show. */
  readonly fine: boolean
}

export type AttributeVerdict = 'fits' | 'unknown' | 'other-type' | 'archived' | 'not-told'

export interface CheckedAttribute extends Omit<AttributeNeed, 'misfits' | 'newType'> {
  readonly verdict: AttributeVerdict
  /** Its type in the workspace. */
  readonly workspaceType: string | null
}

export interface FileCheck extends Omit<FileNeeds, 'attributes'> {
  readonly label: string
  readonly attributes: readonly CheckedAttribute[]
  readonly mostEventNames: number
}

/** Active event names in a workspace; a further one is not stored (Intercom's help article 5245634). */
export const MOST_EVENT_NAMES = 120

export function toFileCheck(label: string, needs: FileNeeds, there: WorkspaceAttributes | undefined): FileCheck {
  return {
    label,
    ...needs,
    attributes: needs.attributes.map((need) => {
      const found = there?.[need.model].get(need.name)
      const { misfits: _misfits, newType: _newType, ...shown } = need
      return { ...shown, verdict: there ? judge(need, found) : 'not-told', workspaceType: found?.type ?? null }
    }),
    mostEventNames: MOST_EVENT_NAMES
  }
}

export function isFine({ permissions, file }: Pick<CheckReport, 'permissions' | 'file'>): boolean {
  return (
    permissions.every(({ permission }) => permission === 'there') &&
    (file === null ||
      (file.unreadable === 0 &&
        file.attributes.every(({ verdict }) => verdict === 'fits') &&
        file.eventNames.length <= MOST_EVENT_NAMES))
  )
}

/** By the values, with the rule that the destination applies before it sends them. */
function judge({ misfits }: AttributeNeed, found: WorkspaceAttribute | undefined): AttributeVerdict {
  if (found === undefined) return 'unknown'
  if (found.archived) return 'archived'
  return (misfits[found.type] ?? 0) === 0 ? 'fits' : 'other-type'
}
