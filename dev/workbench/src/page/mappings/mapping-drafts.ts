import { signal } from '@preact/signals'
import type { Half, Problem, State, SubscriptionRow } from '../../contract'
import { post, put } from '../api'
import { isSameJson } from '../form/json-value'
import { problemsUnder } from '../form/problems-under'
import { warnBeforeLeaving } from '../form/warn-before-leaving'
import { changeState, state } from '../live'

type Rows = readonly SubscriptionRow[]

/** The rows as they are being edited. They outlive the view, so that a look at the trace costs nothing. */
const drafts = { web: signal<Rows | undefined>(undefined), cloud: signal<Rows | undefined>(undefined) } as const
const refusals = { web: signal<readonly Problem[]>([]), cloud: signal<readonly Problem[]>([]) } as const
/** Fields whose text is no JSON yet, by `half/path`. */
const unreadable = signal<ReadonlySet<string>>(new Set())

export const savedRows = (half: Half): Rows => state.value?.destinations[half].subscriptions ?? []

export const currentRows = (half: Half): Rows => drafts[half].value ?? savedRows(half)

export const refusedPlaces = (half: Half): readonly Problem[] => refusals[half].value

export const isUnreadable = (half: Half): boolean => [...unreadable.value].some((key) => key.startsWith(`${half}/`))

/** `touched` is the place that was edited: what was wrong elsewhere still is. Without it the rows are other ones. */
export function changeRows(half: Half, rows: Rows, touched?: string): void {
  drafts[half].value = rows
  refusals[half].value =
    touched === undefined
      ? []
      : refusals[half].value.filter((problem) => problemsUnder([problem], touched).length === 0)
}

export function discardRows(half: Half): void {
  drafts[half].value = undefined
  refusals[half].value = []
}

export async function saveRows(half: Half): Promise<void> {
  await changeState(() => put<State>(`destinations/${half}`, { subscriptions: currentRows(half) }))
  discardRows(half)
}

export async function importRows(half: Half, file: unknown): Promise<void> {
  await changeState(() => post<State>(`destinations/${half}/import`, file))
  discardRows(half)
}

export function refuseRows(half: Half, problems: readonly Problem[]): void {
  refusals[half].value = problems
}

export function markReadable(half: Half, path: string, isReadable: boolean): void {
  const key = `${half}/${path}`
  if (unreadable.value.has(key) === !isReadable) return
  const others = [...unreadable.value].filter((other) => other !== key)
  unreadable.value = new Set(isReadable ? others : [...others, key])
}

/** The numbers of the rows that differ from what is saved at their places. */
export const dirtyRows = (half: Half): readonly number[] =>
  currentRows(half).flatMap((_, index) => (isRowDirty(half, index) ? [index] : []))

/** Whether a row differs from the one that is saved at its place. */
export function isRowDirty(half: Half, index: number): boolean {
  return !isSameRow(currentRows(half)[index], savedRows(half)[index])
}

export function areRowsDirty(half: Half): boolean {
  const draft = drafts[half].value
  if (draft === undefined) return false
  const saved = savedRows(half)
  return draft.length !== saved.length || draft.some((row, index) => !isSameRow(row, saved[index]))
}

function isSameRow(a: SubscriptionRow | undefined, b: SubscriptionRow | undefined): boolean {
  if (a === undefined || b === undefined || a === b) return a === b
  return (
    a.name === b.name &&
    a.partnerAction === b.partnerAction &&
    a.enabled === b.enabled &&
    a.subscribe === b.subscribe &&
    isSameJson(a.mapping, b.mapping)
  )
}

warnBeforeLeaving(() => areRowsDirty('web') || areRowsDirty('cloud'))
