import type { CompleteRow, MappedActions } from '@intercom-destinations/delivery'
import type { SampleEvent } from './sample-event'

/** An action whose mappings are checked. */
export type CheckedAction = MappedActions[string] & {
  readonly title: string
  readonly defaultSubscription?: string
}

export type CheckedActions = Readonly<Record<string, CheckedAction>>

/** The actions of a definition whose type leaves their fields open, as that of the web destination does. */
export const toCheckedActions = (
  actions: Readonly<Record<string, Omit<CheckedAction, 'fields'> & { readonly fields: object }>>
): CheckedActions =>
  Object.fromEntries(
    Object.entries(actions).map(([key, { fields, ...action }]) => [
      key,
      { ...action, fields: Object.fromEntries(Object.entries(fields)) }
    ])
  )

/** A destination whose mappings are checked. */
export interface CheckedDestination {
  readonly half: 'cloud' | 'web'
  /** Its name in Segment's catalog. */
  readonly name: string
  readonly actions: CheckedActions
  /** Sentences about what a mapping loses because of where it runs, whatever the event is. */
  readonly findOwnWarnings: (row: CompleteRow) => readonly string[]
  /** Sentences about what is lost of a sample event that goes through the mapping. */
  readonly findLosses: (row: CompleteRow, sample: SampleEvent) => Promise<readonly string[]>
}

interface Lost {
  readonly path: string
  /** The reason in words. */
  readonly text: string
}

/** What became of a sample event, in sentences. */
export function toLostTexts(result: {
  readonly refusal?: string | undefined
  readonly losses?: readonly Lost[]
  readonly doubtful?: readonly Lost[]
}): string[] {
  const { refusal, losses = [], doubtful = [] } = result
  return [
    ...(refusal === undefined ? [] : [`A sample event is refused: ${refusal}`]),
    ...losses.map(({ path, text }) => `${path}: ${text}.`),
    ...doubtful.map(({ path, text }) => `${path} is sent, but ${text}.`)
  ]
}
