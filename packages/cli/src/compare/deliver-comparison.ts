import type { Subscription } from '@intercom-destinations/delivery'
import type { DeliverArguments } from '../command/command'
import { UsageError } from '../command/usage-error'
import type { EmulatedWorkspace } from '../input/emulated-workspace'
import type { Comparison } from '../report/comparison'
import type { EmbeddedTarget } from '../target/embedded-intercom'
import { ComparisonError } from './comparison-error'
import { ComparisonRun } from './comparison-run'

interface Surroundings {
  readonly workspace: EmulatedWorkspace | undefined
  readonly subscriptions: readonly Subscription[] | undefined
  readonly target: EmbeddedTarget
  /** Where a line stands, in words. */
  readonly toAt: (line: number) => string
}

/** Loads the other destination before anything is delivered; `undefined` without `--compare`. */
export async function openComparison(
  { compare, concurrency, reportValues }: DeliverArguments,
  { workspace, subscriptions, target, toAt }: Surroundings
): Promise<ComparisonRun | undefined> {
  if (compare === undefined) return undefined
  try {
    return await ComparisonRun.open({
      module: compare,
      folder: process.cwd(),
      workspace,
      subscriptions,
      ours: target.state,
      concurrency,
      values: reportValues,
      toAt
    })
  } catch (error) {
    await target.close()
    if (error instanceof ComparisonError) throw new UsageError(`${error.message} See docs/compare.md.`)
    throw error
  }
}

export interface FinishedComparison {
  readonly comparison: Comparison | null
  /** Why there is none although one was asked for. */
  readonly problem?: string
}

export async function finishComparison(run: ComparisonRun | undefined): Promise<FinishedComparison> {
  if (!run) return { comparison: null }
  try {
    return { comparison: await run.finish() }
  } catch (error) {
    if (error instanceof ComparisonError) return { comparison: null, problem: `Not compared: ${error.message}` }
    throw error
  }
}

/** The part of the summary as JSON; nothing where nothing was compared. */
export const toComparisonJson = ({ comparison }: FinishedComparison): { comparison?: Comparison } =>
  comparison === null ? {} : { comparison }
