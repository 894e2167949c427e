import type { AttributeNeed, FileNeeds } from './attribute-needs'
import type { Probed } from './scope-probes'
import type { WorkspaceAttribute, WorkspaceAttributes } from '../target/workspace-attributes'

/** What a check found. Names of fields and events, and nobody's values. */
export interface CheckReport {
  /** `null` where the token may not ask. */
  readonly workspace: string | null
  readonly region: string | null
  readonly playedBy: string | null
  readonly permissions: readonly Probed[]
  /** Scopes that only a write would tell of. */
  readonly notProbed: readonly string[]
  readonly file: FileCheck | null
  /** Nothing is missing, as far as reading can tell. */
  readonly fine: boolean
}

export type AttributeVerdict = 'fits' | 'unknown' | 'other-type' | 'archived' | 'not-told'

export interface CheckedAttribute extends Omit<AttributeNeed, 'misfits'> {
  readonly verdict: AttributeVerdict
  /** The type that the workspace has it with. */
  readonly workspaceType: string | null
}

export interface FileCheck extends Omit<FileNeeds, 'attributes'> {
  readonly label: string
  readonly attributes: readonly CheckedAttribute[]
  readonly mostEventNames: number
}

/** Help article 5245634: active names in a workspace; a new one above them is not stored. */
const MOST_EVENT_NAMES = 120

export function toFileCheck(label: string, needs: FileNeeds, there: WorkspaceAttributes | undefined): FileCheck {
  return {
    label,
    ...needs,
    attributes: needs.attributes.map((need) => {
      const found = there?.[need.model].get(need.name)
      const { misfits: _, ...told } = need
      return { ...told, verdict: there ? judge(need, found) : 'not-told', workspaceType: found?.type ?? null }
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

/** By the values, as the destination looks at them before it sends them. */
function judge({ misfits }: AttributeNeed, found: WorkspaceAttribute | undefined): AttributeVerdict {
  if (found === undefined) return 'unknown'
  if (found.archived) return 'archived'
  return (misfits[found.type] ?? 0) === 0 ? 'fits' : 'other-type'
}
