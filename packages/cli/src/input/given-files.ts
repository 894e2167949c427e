import type { Subscription } from '@intercom-destinations/delivery'
import type { EmulatedWorkspace } from './emulated-workspace'
import { readMappingFile } from './mapping-file'
import { readWorkspaceFile } from './workspace-file'

/** What the files of `--mapping` and `--workspace` hold, as far as they are given. */
export interface GivenFiles {
  readonly subscriptions: readonly Subscription[] | undefined
  readonly workspace: EmulatedWorkspace | undefined
}

/** Reads both. Throws a `UsageError` that names what is wrong; `onWarning` gets what Segment would ignore silently. */
export async function readGivenFiles(
  { mapping, workspace }: { readonly mapping?: string | undefined; readonly workspace?: string | undefined },
  onWarning: (text: string) => void
): Promise<GivenFiles> {
  return {
    subscriptions: mapping === undefined ? undefined : await readMappingFile(mapping, onWarning),
    workspace: workspace === undefined ? undefined : await readWorkspaceFile(workspace)
  }
}
