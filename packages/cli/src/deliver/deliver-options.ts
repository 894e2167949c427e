import type { Clock, ObservedRequest, Subscription } from '@intercom-destinations/delivery'
import type { StateStore } from '@intercom-destinations/intercom-cloud'
import type { EventSource } from '../input/open-source'
import type { EmulatedWorkspace } from '../input/emulated-workspace'
import type { RunReport } from '../report/run-report'
import type { Target } from '../target/target'
import type { Checkpoint } from './checkpoint'
import type { EarlierCounts } from './summary'

export interface Progress {
  /** Bytes of the records that are done; those that are read ahead are estimated by their number. */
  readonly bytesDone: number
  /** Lines of this run that are done. */
  readonly lines: number
  readonly delivered: number
  /** How many events were rejected and lines unreadable. */
  readonly failed: number
}

export interface DeliverOptions {
  /** The bytes of a file of events, of any kind that the command reads, or what was opened before. */
  readonly source: AsyncIterable<Uint8Array> | EventSource
  /** Which events go to which action, and how; the presets by default. */
  readonly subscriptions?: readonly Subscription[]
  /** The workspace of the embedded emulator; by default a new one, which has no custom attributes. */
  readonly workspace?: EmulatedWorkspace
  /** Stops before the next event; those under way are finished. A `source` that waits has to observe it too. */
  readonly signal?: AbortSignal
  /** The number of events after which it ends; all by default. */
  readonly limit?: number
  /** How many calls are under way, and how many events share them, at most; 10 by default. */
  readonly concurrency?: number
  readonly onProgress?: (progress: Progress) => void
  /** Called when Intercom's rate limit holds everything, with the time until then in milliseconds since 1970. */
  readonly onWait?: (until: number) => void
  /** Called for each answered request, with the number of its line, or of the first of several. */
  readonly onRequest?: (request: ObservedRequest, line: number) => void
  readonly clock?: Clock
  /** Knows which lines earlier runs have settled, and records every line that this run settles. */
  readonly checkpoint?: Pick<Checkpoint, 'isDone' | 'delivered' | 'nothingToDeliver' | 'failed'>
  /** What several processes share; by default a process remembers for itself. The caller closes it. */
  readonly state?: StateStore | undefined
  /** What earlier runs have recorded of these events; the summary counts it, too. */
  readonly earlier?: EarlierCounts
  /** Records every line that is settled, for a report. */
  readonly report?: RunReport
  /** Opens the workspace to deliver to, which is closed at the end; the embedded emulator by default. */
  readonly openTarget?: (workspace?: EmulatedWorkspace) => Promise<Target>
}
