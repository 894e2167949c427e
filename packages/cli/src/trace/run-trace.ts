import type { ContactSeed } from '@intercom-destinations/emulator'
import type { SegmentEvent } from '@segment/actions-core'
import { isForWebHalfToo, systemClock } from '@intercom-destinations/delivery'
import type { TraceArguments } from '../command/command'
import { openEmbeddedIntercom } from '../target/embedded-intercom'
import { toEventLine, toUnreadableText } from '../input/event-line'
import { readGivenFiles } from '../input/given-files'
import { openSource, type Source } from '../input/open-source'
import { SourceError } from '../input/source-error'
import type { RecordContent } from '@intercom-destinations/event-file'
import { toPrintableJson } from '../text/printable'
import type { PreparedEvent } from '../input/prepare-event'
import type { ProcessIo } from '../command/process-io'
import { withEventLosses, type TraceSide } from './trace-model'
import { traceCloud } from './trace-cloud'
import { toTraceText } from './trace-text'
import { traceWeb } from './trace-web'
import { UsageError } from '../command/usage-error'
import type { EmulatedWorkspace } from '../input/emulated-workspace'

const FILE_MARK = '@'
const START_OF_JSON = /^\s*[{[]/
const TWICE =
  'It says that the web destination of its page got it: where the cloud destination has the same source, Intercom counts it twice, unless both have the same second.'
/** Columns when the output is no terminal: room for two columns of JSON. */
const DEFAULT_WIDTH = 120

/** Runs the command `trace`: shows what both destinations make of one event. */
export async function runTrace(args: TraceArguments, io: ProcessIo): Promise<void> {
  const { subscriptions, workspace } = await readGivenFiles(args, io.report)
  const read = toEventLine(await findEvent(args, io), systemClock.now)
  if (read.kind === 'blank') throw new UsageError('There is no event: the line is blank.')
  if (read.kind === 'unreadable') throw new UsageError(`This is no event: ${toUnreadableText(read)}.`)
  const { event, timeAdded, losses } = read
  const contacts = args.stranger ? [] : toKnownContacts(event, workspace)
  const target = await openEmbeddedIntercom(workspace, { contacts })
  try {
    const trace = {
      type: event.type,
      notes: [
        ...(timeAdded ? ['It has no timestamp and got the time of sending, or else the current time.'] : []),
        ...read.notes,
        ...(isForWebHalfToo(event) && event.type === 'track' ? [TWICE] : []),
        ...(contacts.length > 0
          ? ['The emulated workspace knows its person already; with --stranger it does not.']
          : []),
        ...(workspace ? [] : ['The emulated workspace has no custom attributes; --workspace defines some.'])
      ],
      web: withLossesOf(await traceWeb(event), losses),
      cloud: withLossesOf(await traceCloud(event, target, subscriptions), losses)
    }
    io.print(
      args.json
        ? `${toPrintableJson(trace)}\n`
        : `${toTraceText(trace, (io.stdout.isTTY ? io.stdout.columns : undefined) ?? DEFAULT_WIDTH)}\n`
    )
  } finally {
    await target.close()
  }
}

function withLossesOf(side: TraceSide, losses: PreparedEvent['losses']): TraceSide {
  const subscriptions = side.subscriptions.map((one) =>
    one.run ? { ...one, run: withEventLosses(one.run, losses) } : one
  )
  return { ...side, subscriptions }
}

/** The person of the event as a contact of the workspace; none for an identify, which creates the contact itself. */
function toKnownContacts({ type, userId }: SegmentEvent, workspace: EmulatedWorkspace | undefined): ContactSeed[] {
  if (type === 'identify' || typeof userId !== 'string' || userId === '') return []
  if (workspace?.contacts?.some(({ external_id }) => external_id === userId)) return []
  return [{ external_id: userId }]
}

/** The event of the argument: JSON begins with a brace, and everything else is the name of a file. */
async function findEvent({ event, line }: TraceArguments, { stdin, watch }: ProcessIo): Promise<RecordContent> {
  if (line === undefined && START_OF_JSON.test(event)) return { kind: 'text', text: event }
  const interruption = watch('Stopping.')
  const file = event.startsWith(FILE_MARK) ? event.slice(FILE_MARK.length) : event
  const source = await openSource([file], stdin, interruption.signal)
  try {
    return line === undefined ? await onlyEvent(source) : await eventAt(source, line)
  } catch (error) {
    if (error instanceof SourceError) throw new UsageError(error.message)
    throw error
  } finally {
    source.close()
    interruption.release()
  }
}

async function eventAt({ records, places, label }: Source, wanted: number): Promise<RecordContent> {
  for await (const { number, content } of records) if (places.of(number).number === wanted) return content
  throw new UsageError(`${label} has no ${places.of(1).unit} ${wanted}.`)
}

async function onlyEvent({ records, places, label }: Source): Promise<RecordContent> {
  let found: RecordContent | undefined
  for await (const { content } of records) {
    if (content.kind === 'text' && content.text.trim() === '') continue
    if (found) {
      throw new UsageError(
        `${label} holds more than one event. Choose one by the number of its ${places.of(1).unit}: --line 1.`
      )
    }
    found = content
  }
  if (!found) throw new UsageError(`${label} holds no events.`)
  return found
}
