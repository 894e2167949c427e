import { batch, computed, signal } from '@preact/signals'
import type { Catalog, Row, State, StreamMessages, TableName } from '../contract'
import { get, readJson } from './api'
import { atMostEvery } from './at-most-every'
import { Newest } from './newest'
import { RowStore } from './row-store'

/** The server's state on the page, kept up to date by the stream. */
export const catalog = signal<Catalog | undefined>(undefined)
export const state = signal<State | undefined>(undefined)
/** The numbers of entities in the emulator. A new object means that its data has changed. */
export const held = signal<Readonly<Record<TableName, number>> | undefined>(undefined)
/** Whether the server can be reached. */
export const connected = signal(false)

/** Counts resets, so that other views can drop what they keep about events. */
export const clearings = signal(0)

/** The server keeps the same number (engine). */
const MAX_ROWS = 10_000

const store = new RowStore(MAX_ROWS)
/** Counts changes of the rows: a component that reads it is rendered again. */
const rowsVersion = signal(0)

/** Newest first. */
export const rows = computed<readonly Row[]>(() => {
  void rowsVersion.value
  return store.list()
})

export const rowOf = (id: string): Row | undefined => {
  void rowsVersion.value
  return store.get(id)
}

/** The shortest time between two renderings of the rows: rendering every batch of thousands would block the page. */
const REDRAW_AFTER_MS = 150

const redraw = atMostEvery(REDRAW_AFTER_MS, () => {
  rowsVersion.value += 1
})

const stateNews = new Newest()

/** Sends a change whose answer is the state. The answer is ignored if the stream has sent a newer state meanwhile. */
export async function changeState<Answer extends State | undefined>(ask: () => Promise<Answer>): Promise<Answer> {
  const isNewest = stateNews.ask()
  const next = await ask()
  if (next && isNewest()) state.value = next
  return next
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
  on(stream, 'rows', (changed) => {
    store.take(changed)
    redraw.ask()
  })
  on(stream, 'state', (value) => {
    stateNews.received()
    state.value = value
  })
  on(stream, 'held', (value) => {
    held.value = value
  })
  on(stream, 'cleared', () => {
    store.clear()
    batch(() => {
      clearings.value += 1
      redraw.now()
    })
  })
}

/** Reads what changed while the stream was closed. If that fails, the next opening of the stream reads it. */
async function refresh(): Promise<void> {
  const reading = store.read()
  const isNewest = stateNews.ask()
  try {
    const [nextCatalog, nextState, nextRows] = await Promise.all([
      get<Catalog>('catalog'),
      get<State>('state'),
      get<readonly Row[]>('events')
    ])
    batch(() => {
      catalog.value = nextCatalog
      if (isNewest()) state.value = nextState
      reading.finish(nextRows)
      redraw.now()
    })
  } catch {
    reading.drop()
  }
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
