import {
  toFailedAttempt,
  toOperation,
  toSettledEvent,
  toUnsentEvent,
  type Report,
  type SettledEvent
} from '@intercom-destinations/cli'
import { isError, type ObservedRequest, type Run } from '@intercom-destinations/delivery'
import type { SegmentEvent } from '@segment/actions-core'
import type { JsonObject, ReportCard, RunEnding } from '../../contract'
import type { DeliveryObserver, Settlement } from '../engine'
import { ReportRun } from './report-run'

/** The report of all events. */
export const ALL_EVENTS = 'all'

/** Reports of files that are kept; the oldest is forgotten. */
const MOST_RUNS = 12

const SWITCH_ON = 'Switch the cloud half on, or connect a workspace, and send it again.'

/** An event whose cloud half is not settled. */
interface Pending {
  /** As it came in, to be sent again. */
  readonly event: JsonObject
  run?: ReportRun
  /** Where it stands in the files of its run. */
  place?: string
}

interface ReportBookOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** The reports of what the cloud half did: of all events, and of the files that were sent last. */
export class ReportBook implements DeliveryObserver {
  readonly #now: () => number
  readonly #runs = new Map<string, ReportRun>()
  readonly #pending = new Map<string, Pending>()
  #all: ReportRun
  #count = 0

  constructor(clock: ReportBookOptions) {
    this.#now = () => clock.now()
    this.#all = this.#openAll()
  }

  /** Opens the report of some files, and returns its id. */
  open(title: string): string {
    this.#count += 1
    const id = `r${this.#count}`
    this.#runs.set(id, new ReportRun({ id, title, startedAt: this.#now(), isOpen: true }))
    const [oldest] = this.#runs.keys()
    if (this.#runs.size > MOST_RUNS && oldest !== undefined) this.#runs.delete(oldest)
    return id
  }

  /** No more events come in for it. */
  end(id: string, ending: RunEnding): boolean {
    const run = this.#runs.get(id)
    run?.end(ending)
    return run !== undefined
  }

  /** The event stands at this place in the files of the run. Called right after it was submitted. */
  place(eventId: string, runId: string, place: string): void {
    const [pending, run] = [this.#pending.get(eventId), this.#runs.get(runId)]
    if (!pending || !run) return
    pending.run = run
    pending.place = place
    run.submitted()
  }

  /** Counts a line that is no event. */
  unreadable(runId: string | undefined, place: string, reason: string): void {
    const run = this.#runs.get(runId ?? '')
    run?.builder.unreadable(place, reason)
    this.#all.builder.unreadable(run ? `${run.title} ${place}` : place, reason)
  }

  submitted(id: string, event: JsonObject): void {
    this.#pending.set(id, { event })
    this.#all.submitted()
  }

  request(id: string, { method, url, status }: ObservedRequest): void {
    const operation = toOperation(method, url)
    const isRefused = status === undefined || isError(status)
    for (const { builder } of this.#runsOf(this.#pending.get(id))) builder.request(operation, isRefused)
  }

  attempt(id: string, event: SegmentEvent, run: Run): void {
    const failed = toFailedAttempt('', event, run)
    if (!failed) return
    for (const one of this.#runsOf(this.#pending.get(id)))
      one.builder.failedAttempt({ ...failed, at: this.#toAt(id, one) })
  }

  settled(id: string, settlement: Settlement): void {
    const pending = this.#pending.get(id)
    if (!pending) return
    const settled = toSettled(settlement)
    const text = settled.result === 'rejected' ? JSON.stringify(pending.event) : undefined
    for (const run of this.#runsOf(pending)) {
      run.settled({ ...settled, at: this.#toAt(id, run) }, this.#now())
      if (text !== undefined) run.keepFailed(id, text)
    }
    this.#pending.delete(id)
  }

  forgotten(id: string): void {
    for (const run of this.#runsOf(this.#pending.get(id))) run.forgotten()
    this.#pending.delete(id)
  }

  /** That of all events first, then the newest run. */
  cards(): readonly ReportCard[] {
    return [this.#all, ...[...this.#runs.values()].reverse()].map(({ card }) => card)
  }

  card(id: string): ReportCard | undefined {
    return this.#find(id)?.card
  }

  report(id: string, workspace: Pick<Report, 'workspace' | 'playedBy'>): Report | undefined {
    return this.#find(id)?.build(workspace)
  }

  /** The failed events of a report as JSON, in the order in which they failed. They are in no report's list afterwards. */
  takeFailed(id: string): readonly string[] {
    const failed = [...(this.#find(id)?.failed ?? [])]
    for (const [eventId] of failed) for (const run of [this.#all, ...this.#runs.values()]) run.dropFailed(eventId)
    return failed.map(([, text]) => text)
  }

  clear(): void {
    this.#runs.clear()
    this.#pending.clear()
    this.#all = this.#openAll()
  }

  #openAll(): ReportRun {
    return new ReportRun({ id: ALL_EVENTS, title: 'all events', startedAt: this.#now(), isOpen: false })
  }

  #find(id: string): ReportRun | undefined {
    return id === ALL_EVENTS ? this.#all : this.#runs.get(id)
  }

  #runsOf(pending: Pending | undefined): ReportRun[] {
    return pending ? [this.#all, ...(pending.run ? [pending.run] : [])] : []
  }

  #toAt(eventId: string, { id }: ReportRun): string {
    const { run, place = '' } = this.#pending.get(eventId) ?? {}
    if (!run) return `event ${eventId}`
    return id === ALL_EVENTS ? `${run.title} ${place}` : place
  }
}

function toSettled({ prepared: { event, losses }, outcome, sent }: Settlement): SettledEvent {
  const at = ''
  if (sent) return toSettledEvent({ at, event, losses, ...sent })
  const unsent = toUnsentEvent(at, event, outcome.state !== 'kept-away')
  const { reason = unsent.reason } = outcome
  if (outcome.state === 'off') return { ...unsent, reason, advice: SWITCH_ON }
  return outcome.state === 'failed' ? { ...unsent, result: 'rejected', reason } : unsent
}
