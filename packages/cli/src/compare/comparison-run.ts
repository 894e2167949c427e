import {
  CircuitBreaker,
  isError,
  RateLimitPause,
  RetryBudget,
  Sender,
  systemClock,
  toLimitedPolicy,
  withoutRequestId,
  type Subscription,
  type Verdict
} from '@intercom-destinations/delivery'
import type { EmulatorState } from '@intercom-destinations/emulator'
import type { SegmentEvent } from '@segment/actions-core'
import type { EmulatedWorkspace } from '../input/emulated-workspace'
import type { ComparedExample, ComparedSide, Comparison, DifferenceRow, ResultRow } from '../report/comparison'
import { GroupedCounts } from '../report/grouped-counts'
import { openEmbeddedIntercom, type EmbeddedTarget } from '../target/embedded-intercom'
import { maskValues } from '../text/mask-values'
import { toOperation } from '../text/operation'
import { toLineText } from '../text/text-layout'
import { ComparisonError } from './comparison-error'
import { compareWorkspaces } from './compare-workspaces'
import { ForeignRunner } from './foreign-runner'
import { toForeignSubscriptions } from './foreign-subscriptions'
import { LatestEvents } from './latest-events'
import { OperationCounts } from './operation-counts'

const OURS = 'this destination'

export interface ComparisonOptions {
  /** The module of the other definition. */
  readonly module: string
  /** The folder from which it is looked up. */
  readonly folder: string
  readonly workspace: EmulatedWorkspace | undefined
  /** The mappings that the user has chosen; `undefined` for the defaults. */
  readonly subscriptions: readonly Subscription[] | undefined
  /** The state of the emulator to which our destination delivers. */
  readonly ours: EmulatorState
  readonly concurrency: number
  /** Where a line stands, in words; `line 12` by default. */
  readonly toAt?: (line: number) => string
  readonly values: boolean
}

type Side = 'ours' | 'theirs'
type Result = keyof ComparedSide['events']
type Difference = Pick<ResultRow, 'side' | 'result' | 'reason'>

interface Settled {
  readonly result: Result
  readonly reason: string
}

/**
 * Sends the events of a run through another definition as well, in the order in which ours has settled them, into a second
 * emulator. Both emulators hold all of their contacts, companies and events in memory.
 */
export class ComparisonRun {
  readonly #options: ComparisonOptions
  readonly #runner: ForeignRunner
  readonly #target: EmbeddedTarget
  readonly #sender: Sender
  readonly #notes: readonly string[]
  readonly #operations: Readonly<Record<Side, OperationCounts>>
  readonly #events = { ours: toNoEvents(), theirs: toNoEvents() }
  readonly #results = new GroupedCounts<Difference, ComparedExample>((row) => ({ ...row, reason: 'others' }))
  readonly #latest = new LatestEvents()
  readonly #underWay = new Set<Promise<void>>()

  private constructor(
    options: ComparisonOptions,
    parts: { runner: ForeignRunner; target: EmbeddedTarget; theirOperations: OperationCounts }
  ) {
    const { runner, target, theirOperations } = parts
    const { subscriptions, notes } = toForeignSubscriptions(options.subscriptions, runner.definition)
    const clock = systemClock
    const budget = new RetryBudget()
    this.#options = options
    this.#runner = runner
    this.#target = target
    this.#notes = notes
    this.#operations = { ours: new OperationCounts(), theirs: theirOperations }
    this.#sender = new Sender({
      runner,
      subscriptions,
      clock,
      pause: new RateLimitPause(clock),
      breaker: new CircuitBreaker(clock, Number.POSITIVE_INFINITY),
      budget,
      policy: toLimitedPolicy(budget),
      concurrency: options.concurrency,
      holdAfterRetry: false,
      // Segment's actions are compared one event at a time, as Segment runs them without batching.
      windowEvents: 1
    })
  }

  /** Rejects with a `ComparisonError` if the module cannot be used. */
  static async open(options: ComparisonOptions): Promise<ComparisonRun> {
    const theirOperations = new OperationCounts()
    const target = await openEmbeddedIntercom(options.workspace, {
      wrapFetch: (fetch) => async (input, init) => {
        const response = await fetch(input, init)
        const url = input instanceof Request ? input.url : String(input)
        theirOperations.add(toOperation(init?.method ?? 'GET', url), isError(response.status))
        return response
      }
    })
    try {
      const { module, folder } = options
      const { address, token } = target
      const runner = await ForeignRunner.open({ module, folder, address, token })
      return new ComparisonRun(options, { runner, target, theirOperations })
    } catch (error) {
      await target.close()
      throw error
    }
  }

  /** An event that our destination has settled. */
  settled(line: number, event: SegmentEvent, verdict: Verdict): void {
    const ours = toSettled(verdict, event)
    this.#latest.add(line, event)
    const done = this.#sender
      .deliver(event)
      .then((theirs) => {
        this.#count(line, ours, toSettled(theirs.verdict, event))
      })
      .finally(() => this.#underWay.delete(done))
    this.#underWay.add(done)
  }

  /** A request of our destination. */
  request(operation: string, isRefused: boolean): void {
    this.#operations.ours.add(operation, isRefused)
  }

  /** Resolves when the next event may be added. */
  room(): Promise<void> {
    return this.#sender.room()
  }

  /** Waits for the events under way. Rejects with a `ComparisonError` if the other destination has stopped working. */
  async finish(): Promise<Comparison> {
    await Promise.all(this.#underWay)
    if (this.#runner.problem !== undefined) throw new ComparisonError(this.#runner.problem)
    const { ours, values, module } = this.#options
    const theirs = this.#target.state
    const { name, coreVersion } = this.#runner.definition
    return {
      ours: this.#toSide('ours', OURS, ours),
      theirs: this.#toSide('theirs', `${name} (${module}, actions-core ${coreVersion})`, theirs),
      operations: OperationCounts.join(this.#operations.ours, this.#operations.theirs),
      results: this.#results.list(),
      differences: compareWorkspaces({ ours, theirs, values, toAt: (kind, key) => this.#findAt(kind, key) }),
      notes: this.#notes
    }
  }

  async close(): Promise<void> {
    await this.#runner.close()
    await this.#sender.close()
    await this.#target.close()
  }

  #count(line: number, ours: Settled, theirs: Settled): void {
    this.#events.ours[ours.result] += 1
    this.#events.theirs[theirs.result] += 1
    if (ours.result === theirs.result) return
    const sides = [
      ['ours', ours],
      ['theirs', theirs]
    ] as const
    for (const [side, { result, reason }] of sides)
      if (result !== 'delivered') this.#results.add({ side, result, reason }, () => ({ at: this.#toAt(line) }))
  }

  #findAt(kind: DifferenceRow['kind'], key: string): string | undefined {
    const line = this.#latest.find(kind, key)
    return line === undefined ? undefined : this.#toAt(line)
  }

  #toAt(line: number): string {
    return (this.#options.toAt ?? toLineText)(line)
  }

  #toSide(side: Side, name: string, { contacts, companies, events }: EmulatorState): ComparedSide {
    return {
      name,
      calls: this.#operations[side].total,
      refusedCalls: this.#operations[side].refused,
      events: { ...this.#events[side] },
      holds: {
        contacts: contacts.filter(({ status }) => status === 'active').length,
        companies: companies.length,
        events: events.length
      }
    }
  }
}

const toNoEvents = (): Record<Result, number> => ({ delivered: 0, ignored: 0, refused: 0 })

function toSettled({ status, reason = '' }: Pick<Verdict, 'status' | 'reason'>, event: SegmentEvent): Settled {
  const result = status === 'delivered' || status === 'ignored' ? status : 'refused'
  return { result, reason: withoutRequestId(maskValues(reason, event)) }
}
