import { effect, signal } from '@preact/signals'
import type { JsonObject } from '../../contract'
import { catalog, clearings, rowOf } from '../live'
import { Newest } from '../newest'
import { linkTo } from '../route'
import { EventRow } from '../shown/event-row'
import { ProblemList } from '../shown/problem-list'
import { sendEvents, type Sent } from './send-events'
import { TEMPLATES } from './templates'
import { readWrittenEvents, type Written } from './written-events'

const toText = (events: readonly JsonObject[]): string =>
  JSON.stringify(events.length === 1 ? events[0] : events, null, 2)

/** Kept outside the view, so that leaving it loses no text. */
const text = signal(toText([TEMPLATES.track]))
/** What the text holds. It is read like a file, shortly after each change. */
const written = signal<Written>({ problem: '' })
const readings = new Newest()

effect(() => {
  const isNewest = readings.ask()
  void readWrittenEvents(text.value).then((read) => {
    if (isNewest()) written.value = read
  })
})

const picked = signal('')
const sent = signal<Sent | undefined>(undefined)
const isSending = signal(false)

/** After starting over, the result of an earlier event is not shown any more. */
effect(() => {
  void clearings.value
  sent.value = undefined
})

function write(events: readonly JsonObject[]): void {
  text.value = toText(events)
  sent.value = undefined
}

async function send(): Promise<void> {
  if (isSending.value) return
  isSending.value = true
  const read = await readWrittenEvents(text.value)
  if ('texts' in read) sent.value = await sendEvents(read.texts)
  isSending.value = false
}

/** An editor for one event or several as JSON. */
export function Editor() {
  const problem = 'problem' in written.value ? written.value.problem : undefined
  const count = 'texts' in written.value ? written.value.texts.length : 1
  return (
    <section class="card" aria-labelledby="editor-title">
      <h2 id="editor-title">Write an event</h2>
      <div class="bar" role="group" aria-label="Start from">
        <span class="quiet">Start from</span>
        {Object.entries(TEMPLATES).map(([type, event]) => (
          <button
            key={type}
            type="button"
            class="small"
            onClick={() => {
              write([event])
            }}
          >
            {type}
          </button>
        ))}
      </div>
      <SamplePicker />
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <div class="field">
          <label for="event-json">The event as JSON</label>
          <textarea
            id="event-json"
            rows={18}
            spellcheck={false}
            autocomplete="off"
            value={text.value}
            aria-invalid={problem === undefined ? undefined : 'true'}
            aria-describedby="event-json-state"
            onInput={({ currentTarget }) => {
              text.value = currentTarget.value
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
              event.preventDefault()
              void send()
            }}
          />
          <p id="event-json-state" class={problem === undefined ? 'help' : 'wrong'} aria-live="polite">
            {problem ?? (count === 1 ? 'One event, ready to send.' : `${count} events, to be sent in this order.`)}
          </p>
        </div>
        <p class="bar">
          <button type="submit" class="primary" disabled={problem !== undefined || isSending.value}>
            {count === 1 ? 'Send' : `Send ${count}`}
          </button>
          <span class="quiet">
            or <kbd>Ctrl</kbd>/<kbd>⌘</kbd> + <kbd>Enter</kbd>
          </span>
        </p>
      </form>
      {sent.value && <Result sent={sent.value} />}
    </section>
  )
}

function SamplePicker() {
  const samples = catalog.value?.samples ?? []
  return (
    <div class="field">
      <label for="sample">Or pick one of {samples.length} examples</label>
      <input
        id="sample"
        list="samples"
        placeholder="Search: company, e-mail, revenue…"
        value={picked.value}
        onInput={({ currentTarget }) => {
          picked.value = currentTarget.value
          const sample = samples.find(({ title }) => title === currentTarget.value)
          if (sample) write(sample.events)
        }}
        onFocus={({ currentTarget }) => {
          currentTarget.select()
        }}
      />
      <datalist id="samples">
        {samples.map(({ title }) => (
          <option key={title} value={title} />
        ))}
      </datalist>
    </div>
  )
}

/** Longer lists belong in the trace. */
const NEWEST = 20

function toHeading(count: number): string {
  if (count === 1) return 'Sent. This is its way:'
  return count > NEWEST ? `${count.toLocaleString()} sent; the last ${NEWEST}:` : `${count} sent:`
}

function Result({ sent: { rows, problems } }: { readonly sent: Sent }) {
  return (
    <div class="sent" role={rows.length > 1 ? undefined : 'status'}>
      {rows.length > 0 && (
        <>
          <h3>{toHeading(rows.length)}</h3>
          <ol class="event-list latest-frame card">
            {rows.slice(-NEWEST).map((row) => (
              <li key={row.id}>
                <EventRow row={rowOf(row.id) ?? row} />
              </li>
            ))}
          </ol>
          {rows.length > NEWEST && (
            <p class="sent-others">
              <a href={linkTo('trace')}>See them all in the trace</a>
            </p>
          )}
        </>
      )}
      <ProblemList problems={problems} />
    </div>
  )
}
