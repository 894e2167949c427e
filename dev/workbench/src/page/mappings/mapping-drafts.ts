import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals'
import type { DestinationCard, Half, Problem, State, SubscriptionRow } from '../../contract'
import { post, put } from '../api'
import { createDraft, type Draft } from '../form/draft'
import { problemsOf } from '../shown/problems-of'
import { problemsUnder } from '../form/problems-under'
import { warnBeforeLeaving } from '../form/warn-before-leaving'
import { changeState, state } from '../live'
import { findRowProblems } from './field-problems'
import { areSameRows, isSameRow, rekey, toPlaces, toRefusals, type KeyedRow, type Refusal } from './keyed-rows'

type Rows = readonly SubscriptionRow[]
type Keyed = readonly KeyedRow[]

/** The edited rows of a destination. They are kept outside the view, so that leaving it loses nothing. */
interface Editable {
  readonly draft: Draft<Keyed, Rows>
  readonly saved: ReadonlySignal<Keyed>
  readonly refusals: Signal<readonly Refusal[]>
  readonly refusedFile: Signal<RefusedFile | undefined>
}

/** A mapping file that could not be imported. */
interface RefusedFile {
  readonly name: string
  readonly problems: readonly Problem[]
}

const toRows = (rows: Keyed): Rows => rows.map(({ row }) => row)

const NO_ROWS: Rows = []

/** Replaces the rows of a destination by those of a file. */
const importing = new Set<Half>()

function toEditable(half: Half): Editable {
  const server = computed(() => state.value?.destinations[half].subscriptions ?? NO_ROWS)
  const draft = createDraft<Keyed, Rows>({ saved: () => server.value, toSaved: toRows, isSame: areSameRows })
  let known: Keyed = []
  const saved = computed(() => {
    // Saved rows keep the keys that they had in the draft.
    const edited = draft.edited.peek() ?? known
    const places = importing.has(half) ? [] : edited.length === server.value.length ? edited : known
    known = rekey([...edited, ...known], server.value, places)
    return known
  })
  return { draft, saved, refusals: signal([]), refusedFile: signal(undefined) }
}

const halves: Readonly<Record<Half, Editable>> = { web: toEditable('web'), cloud: toEditable('cloud') }

/** Fields with invalid JSON, by `half/row/field`. */
const unreadable = signal<ReadonlySet<string>>(new Set())

export const keyedRows = (half: Half): Keyed => halves[half].draft.edited.value ?? halves[half].saved.value

export const currentRows = (half: Half): Rows => toRows(keyedRows(half))

export const areRowsDirty = (half: Half): boolean => halves[half].draft.isDirty.value

/** Whether the saved rows have changed since the edit began. */
export const areRowsOvertaken = (half: Half): boolean => halves[half].draft.isOvertaken.value

export const isUnreadable = (half: Half): boolean => [...unreadable.value].some((key) => key.startsWith(`${half}/`))

/** The problems of the rows, with their current numbers. */
export const refusedPlaces = (half: Half): readonly Problem[] => toPlaces(halves[half].refusals.value, keyedRows(half))

/** The problems of one row, with relative paths. */
export const refusedOf = (half: Half, key: string): readonly Problem[] =>
  halves[half].refusals.value.filter((refusal) => refusal.key === key).map(({ path, message }) => ({ path, message }))

/** What Segment ignores silently in all saved rows. */
export const countIgnored = (half: Half): number => state.value?.ignored[half].length ?? 0

/** The same of one row, with relative paths. A row that is being edited has its own marks. */
export function ignoredOf(half: Half, key: string): readonly Problem[] {
  const index = halves[half].saved.value.findIndex((one) => one.key === key)
  return isRowDirty(half, key) ? [] : problemsUnder(state.value?.ignored[half] ?? [], `subscriptions[${index}]`)
}

export const refusedFile = (half: Half): RefusedFile | undefined => halves[half].refusedFile.value

export function changeRows(half: Half, rows: Keyed): void {
  halves[half].draft.change(rows)
}

/** `touched` is the edited path in the row: problems of other paths are kept. */
export function changeRow(half: Half, key: string, changed: Partial<SubscriptionRow>, touched: string): void {
  changeRows(
    half,
    keyedRows(half).map((one) => (one.key === key ? { key, row: { ...one.row, ...changed } } : one))
  )
  const { refusals } = halves[half]
  refusals.value = refusals.value.filter(
    ({ path, message, ...of }) => of.key !== key || problemsUnder([{ path, message }], touched).length === 0
  )
}

/** Applies rows from elsewhere; known rows keep their keys. */
export function replaceRows(half: Half, rows: Rows): void {
  changeRows(half, rekey(keyedRows(half), rows))
}

export function discardRows(half: Half): void {
  halves[half].draft.discard()
  forgetProblems(half)
}

function forgetProblems(half: Half): void {
  halves[half].refusals.value = []
  halves[half].refusedFile.value = undefined
}

/** The problems of the edited rows. Rows that were saved before are not checked again. */
export function refuseUnfinished({ half, actions }: DestinationCard): readonly Refusal[] {
  const { refusals } = halves[half]
  refusals.value = keyedRows(half)
    .filter(({ key }) => isRowDirty(half, key))
    .flatMap(({ key, row }) => findRowProblems(actions[row.partnerAction], row).map((problem) => ({ key, ...problem })))
  return refusals.value
}

/** Returns whether the rows are saved. If not, their problems are stored. */
export async function saveRows(half: Half): Promise<boolean> {
  const { draft, refusals } = halves[half]
  const sent = keyedRows(half)
  try {
    await draft.save((subscriptions) => takeState(half, () => put<State>(`destinations/${half}`, { subscriptions })))
    forgetProblems(half)
    return true
  } catch (thrown) {
    refusals.value = toRefusals(problemsOf(thrown), sent)
    return false
  }
}

export async function importRows(half: Half, name: string, file: unknown): Promise<boolean> {
  forgetProblems(half)
  importing.add(half)
  try {
    await takeState(half, () => post<State>(`destinations/${half}/import`, file))
    return true
  } catch (thrown) {
    refuseFile(half, name, problemsOf(thrown))
    return false
  } finally {
    importing.delete(half)
  }
}

export function refuseFile(half: Half, name: string, problems: readonly Problem[]): void {
  halves[half].refusedFile.value = { name, problems }
}

async function takeState(half: Half, ask: () => Promise<State>): Promise<Rows> {
  const next = await changeState(ask)
  // Before the draft is gone, because the keys come from it.
  void halves[half].saved.value
  return next.destinations[half].subscriptions
}

export function markReadable(half: Half, place: string, isReadable: boolean): void {
  const key = `${half}/${place}`
  if (unreadable.value.has(key) === !isReadable) return
  const others = [...unreadable.value].filter((other) => other !== key)
  unreadable.value = new Set(isReadable ? others : [...others, key])
}

/** Whether a row differs from the saved one. */
export function isRowDirty(half: Half, key: string): boolean {
  const now = keyedRows(half).find((one) => one.key === key)
  const before = halves[half].saved.value.find((one) => one.key === key)
  return now === undefined || before === undefined || !isSameRow(now.row, before.row)
}

/** The number of changed, new and removed rows. */
export function countDirtyRows(half: Half): number {
  const keys = new Set([...keyedRows(half), ...halves[half].saved.value].map(({ key }) => key))
  return [...keys].filter((key) => isRowDirty(half, key)).length
}

warnBeforeLeaving(() => areRowsDirty('web') || areRowsDirty('cloud'))
