import type { SegmentEvent } from '@segment/actions-core'
import type { TraceSide, WebTraceOptions } from './trace-model'

/**
 * Runs the event through the web destination, in a page that has only a Messenger. Sets a global `window` while it runs, so
 * a process that does other work at the same time should run it in a thread of its own. Loads the web destination when it
 * is first called.
 */
export async function traceWeb(event: SegmentEvent, options?: WebTraceOptions): Promise<TraceSide> {
  const half = await import('./trace-web')
  return half.traceWeb(event, options)
}
