import type { SenderOptions } from '@intercom-destinations/delivery'
import type { WorkspaceCounts } from './workspace-counts'

/** The workspace that events are delivered to. */
export interface Target {
  /** The name of the workspace. */
  readonly workspace: string
  /** The emulator, in words such as `the built-in emulator`; `undefined` for Intercom itself. */
  readonly playedBy?: string
  /** The options of a sender that reaches it. */
  readonly connection: Pick<SenderOptions, 'token' | 'region' | 'restHost'>
  /** What the workspace contains; `undefined` where counting would need further requests. */
  workspaceCounts(): WorkspaceCounts | undefined
  close(): Promise<void>
}
