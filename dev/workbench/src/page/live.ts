import { batch, computed, signal } from '@preact/signals'
import type { Catalog, Row, State, StreamMessages, TableName } from '../contract'
import { get, readJson } from './api'

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

export function takeRows(changed: readonly Row[]): void {
  for (const row of changed) known.set(row.id, row)
  while (known.size > MAX_ROWS) {
    const oldest = known.keys().next()
    if (oldest.done) break
    known.delete(oldest.value)
  }
  rowsVersion.value += 1
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
    known.clear()
    rowsVersion.value += 1
  })
}

/** What was missed while nobody listened. */
async function refresh(): Promise<void> {
  const [nextCatalog, nextState, nextRows] = await Promise.all([
    get<Catalog>('catalog'),
    get<State>('state'),
    get<readonly Row[]>('events')
  ])
  batch(() => {
    catalog.value = nextCatalog
    state.value = nextState
    known.clear()
    takeRows(nextRows)
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
