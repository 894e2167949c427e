import { batch, computed, signal } from '@preact/signals'
import type { Catalog, Row, State, StreamMessages, TableName } from '../contract'
import { get, readJson } from './api'
import { atMostEvery } from './at-most-every'

/** What the page knows of its server, kept up to date by the stream. */
export const catalog = signal<Catalog | undefined>(undefined)
export const state = signal<State | undefined>(undefined)
/** How much the emulator holds, and so a sign that it holds something else now. */
export const held = signal<Readonly<Record<TableName, number>> | undefined>(undefined)
/** Whether the server is there. */
export const connected = signal(false)

const known = new Map<string, Row>()
/** How often the rows have changed: reading it is enough to be drawn again. */
const rowsVersion = signal(0)

/** Newest first. */
export const rows = computed<readonly Row[]>(() => {
  void rowsVersion.value
  return [...known.values()].reverse()
})

export const rowOf = (id: string): Row | undefined => {
  void rowsVersion.value
  return known.get(id)
}

/** The server keeps as many (engine). */
const MAX_ROWS = 10_000

/** How long the page stays as it is while rows pour in: drawing each batch of thousands would leave no time to click. */
const REDRAW_AFTER_MS = 150

const redraw = atMostEvery(REDRAW_AFTER_MS, () => {
  rowsVersion.value += 1
})

/** Rows that came while everything was read anew, and so may be newer than what was read. */
let since: Row[] | undefined

export function takeRows(changed: readonly Row[]): void {
  since?.push(...changed)
  for (const row of changed) known.set(row.id, row)
  while (known.size > MAX_ROWS) {
    const oldest = known.keys().next()
    if (oldest.done) break
    known.delete(oldest.value)
  }
  redraw.ask()
}

/** Reads everything, then listens. Called once. */
export function listen(): void {
  const stream = new EventSource('/api/stream')
  stream.onopen = () => {
    connected.value = true
    void refresh()
  }
  stream.onerror = () => {
    connected.value = false
  }
  on(stream, 'rows', takeRows)
  on(stream, 'state', (value) => {
    state.value = value
  })
  on(stream, 'held', (value) => {
    held.value = value
  })
  on(stream, 'cleared', () => {
    clearings += 1
    known.clear()
    if (since) since = []
    redraw.now()
  })
}

/** A list that was read before everything was cleared is of no use after it. */
let clearings = 0

/** What was missed while nobody listened. */
async function refresh(): Promise<void> {
  const before = clearings
  since = []
  const [nextCatalog, nextState, nextRows] = await Promise.all([
    get<Catalog>('catalog'),
    get<State>('state'),
    get<readonly Row[]>('events')
  ])
  const newer = since
  since = undefined
  batch(() => {
    catalog.value = nextCatalog
    state.value = nextState
    if (clearings === before) {
      known.clear()
      takeRows(nextRows)
      takeRows(newer)
    }
    redraw.now()
  })
}

function on<Name extends keyof StreamMessages>(
  stream: EventSource,
  name: Name,
  take: (value: StreamMessages[Name]) => void
): void {
  stream.addEventListener(name, (message: MessageEvent<string>) => {
    take(readJson(message.data))
  })
}
