import { computed, signal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { warnBeforeLeaving } from '../form/warn-before-leaving'
import { rows } from '../live'
import { linkTo } from '../route'
import { sendFile, type FileProgress } from './send-file'
import type { Outcome, Submitted } from '../../contract'
import { post } from '../api'

/**
 * The file that is being sent, or was sent last. Kept outside the view: sending continues when another view is opened.
 */
const fileImport = signal<FileProgress | undefined>(undefined)

// A reload would cut the file short, and the rest of it would be missing without a word.
warnBeforeLeaving(() => fileImport.value?.state === 'reading')

/** How many of the events of files have an outcome on both halves. */
const settledOfFiles = computed(() => {
  const ofFiles = rows.value.filter(({ source }) => source === 'file')
  const isOpen = ({ state }: Outcome) => state === 'waiting' || state === 'retrying'
  return { settled: ofFiles.filter(({ web, cloud }) => !isOpen(web) && !isOpen(cloud)).length, all: ofFiles.length }
})

let underWay: AbortController | undefined

function stopImport(): void {
  underWay?.abort()
}

function importFile(file: File): Promise<void> {
  stopImport()
  const controller = new AbortController()
  underWay = controller
  return sendFile(file, {
    stopped: controller.signal,
    send: (submission) => post<Submitted>('events', submission),
    onProgress: (progress) => {
      // Another file may have replaced it.
      if (underWay === controller) fileImport.value = progress
    }
  })
}

const isOver = signal(false)

const hasFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** A drop area and a file input for a file of events. */
export function FileDrop() {
  const input = useRef<HTMLInputElement>(null)
  return (
    <section
      class={`card file-drop ${isOver.value ? 'file-over' : ''}`}
      aria-labelledby="file-title"
      onDragEnter={(event) => {
        isOver.value = hasFile(event)
      }}
      onDragOver={(event) => {
        if (!hasFile(event)) return
        event.preventDefault()
        isOver.value = true
      }}
      onDragLeave={(event) => {
        const to = event.relatedTarget
        if (!(to instanceof Node) || !event.currentTarget.contains(to)) isOver.value = false
      }}
      onDrop={(event) => {
        event.preventDefault()
        isOver.value = false
        const file = event.dataTransfer?.files[0]
        if (file) void importFile(file)
      }}
    >
      <h2 id="file-title">Send a file of events</h2>
      <div class="drop-zone">
        <p>{isOver.value ? 'Let go, and it is sent.' : 'Drop a file here.'}</p>
        <button type="button" onClick={() => input.current?.click()}>
          Choose a file
        </button>
        <input
          ref={input}
          type="file"
          class="sr"
          tabIndex={-1}
          aria-label="A file of events"
          accept=".ndjson,.jsonl,.json,.txt,.log,.gz"
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0]
            // Without this the same file could not be chosen again.
            currentTarget.value = ''
            if (file) void importFile(file)
          }}
        />
        <p class="quiet">One event a line (NDJSON), or a JSON list of them; as it is, or packed as .gz.</p>
      </div>
      {fileImport.value && <Progress of={fileImport.value} />}
    </section>
  )
}

const STATES = {
  reading: 'is being sent',
  done: 'is through',
  stopped: 'was stopped',
  broken: 'broke off'
} as const satisfies Record<FileProgress['state'], string>

function Progress({ of }: { readonly of: FileProgress }) {
  const { name, state, bytesRead, bytes, sent, refusedCount, refused, problem } = of
  return (
    <div class="stack">
      <div>
        <p class="bar">
          <span role="status">
            <strong>{name}</strong> {STATES[state]}.
          </span>
          {state === 'reading' && (
            <button type="button" class="small push" onClick={stopImport}>
              Stop
            </button>
          )}
        </p>
        <progress aria-label={`How much of ${name} is read`} max={Math.max(1, bytes)} value={bytesRead} />
        <p class="quiet file-figures">
          {bytesRead.toLocaleString()} of {bytes.toLocaleString()} bytes ·{' '}
          {sent === 1 ? '1 event' : `${sent.toLocaleString()} events`} sent · {refusedCount.toLocaleString()} refused
          {sent > 0 && (
            <>
              {' '}
              · {settledOfFiles.value.settled.toLocaleString()} of {settledOfFiles.value.all.toLocaleString()} settled ·{' '}
              <a href={linkTo('trace')}>See them</a>
            </>
          )}
        </p>
      </div>
      {problem !== undefined && <p class="note bad">{problem}</p>}
      {refused.length > 0 && (
        <div>
          <h3>{refusedCount > refused.length ? `Refused, the first ${refused.length}` : 'Refused'}</h3>
          <ol class="refused">
            {refused.map(({ unit, number, reason }, index) => (
              <li key={index}>
                <span class="quiet">
                  {unit} {number}
                </span>{' '}
                {reason}
              </li>
            ))}
          </ol>
        </div>
      )}
    </div>
  )
}
