import type { SenderOptions } from '@intercom-destinations/delivery'
import type { WorkspaceCounts } from './workspace-counts'

/** Where a file is delivered to. */
export interface Target {
  /** The name of the workspace. */
  readonly workspace: string
  /** What plays Intercom, in words; `undefined` for Intercom itself. */
  readonly playedBy?: string
  /** What a sender needs to reach it. */
  readonly connection: Pick<SenderOptions, 'token' | 'region' | 'restHost'>
  /** `undefined` where counting would take requests of its own. */
  holdings(): WorkspaceCounts | undefined
  close(): Promise<void>
}
