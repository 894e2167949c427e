import { signal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { ReportCard, RunEnding, StartedRun, Submitted } from '../../contract'
import { post, put, putOnLeaving } from '../api'
import { warnBeforeLeaving } from '../form/warn-before-leaving'
import { reportVersion } from '../report/report-version'
import { linkTo } from '../route'
import { useAnswer } from '../shown/use-answer'
import { filesOfDrop } from './dropped-files'
import { sendFiles, type FileProgress, type FileServer } from './send-files'

/**
 * The files that are being sent, or were sent last. Kept outside the view: sending continues when another view is opened.
 */
const fileImport = signal<FileProgress | undefined>(undefined)

// A reload would cut the file short, and the rest of it would be missing without a word.
warnBeforeLeaving(() => fileImport.value?.state === 'reading')

const LEFT: RunEnding = { kind: 'broken-off', reason: 'The page was closed while the files were being read.' }

addEventListener('pagehide', () => {
  const { state, run } = fileImport.value ?? {}
  if (state === 'reading' && run !== undefined) putOnLeaving(`reports/${run}`, LEFT)
})

const server: FileServer = {
  open: (run) => post<StartedRun>('reports', run),
  send: (submission) => post<Submitted>('events', submission),
  end: (run: string, ending: RunEnding) => put(`reports/${run}`, ending)
}

let underWay: AbortController | undefined

function stopImport(): void {
  underWay?.abort()
}

async function importFiles(files: readonly File[]): Promise<void> {
  if (files.length === 0) return
  stopImport()
  const controller = new AbortController()
  underWay = controller
  await sendFiles(files, {
    server,
    stopped: controller.signal,
    onProgress: (progress) => {
      // Other files may have replaced them.
      if (underWay === controller) fileImport.value = progress
    }
  })
}

const isOver = signal(false)

const hasFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** A drop area and a file input for files of events. */
export function FileDrop() {
  const input = useRef<HTMLInputElement>(null)
  return (
    <section
      class={`card file-drop ${isOver.value ? 'file-over' : ''}`}
      aria-labelledby="file-title"
      onDragEnter={(event) => {
        if (hasFile(event)) isOver.value = true
      }}
      onDragLeave={(event) => {
        const to = event.relatedTarget
        if (!(to instanceof Node && event.currentTarget.contains(to))) isOver.value = false
      }}
      onDragOver={(event) => {
        if (hasFile(event)) event.preventDefault()
      }}
      onDrop={(event) => {
        event.preventDefault()
        isOver.value = false
        void filesOfDrop(event.dataTransfer).then(importFiles)
      }}
    >
      <h2 id="file-title">Send files of events</h2>
      <div class="drop-zone">
        <p>{isOver.value ? 'Let go, and they are sent.' : 'Drop files or folders here.'}</p>
        <button type="button" onClick={() => input.current?.click()}>
          Choose files
        </button>
        <input
          ref={input}
          type="file"
          multiple
          class="sr"
          tabIndex={-1}
          aria-label="Files of events"
          onChange={({ currentTarget }) => {
            const files = [...(currentTarget.files ?? [])]
            // Without this the same file could not be chosen again.
            currentTarget.value = ''
            void importFiles(files)
          }}
        />
        <p class="quiet">
          NDJSON, a JSON list, pretty-printed objects, or CSV with a header of paths such as{' '}
          <code>userId,traits.email</code>; UTF-8 or UTF-16; as it is, or packed as .gz.
        </p>
      </div>
      {fileImport.value && <Progress of={fileImport.value} />}
    </section>
  )
}

const STATES = {
  reading: { one: 'is being sent', several: 'are being sent' },
  done: { one: 'is through', several: 'are through' },
  stopped: { one: 'was stopped', several: 'were stopped' },
  broken: { one: 'broke off', several: 'broke off' }
} as const satisfies Record<FileProgress['state'], object>

function Progress({ of }: { readonly of: FileProgress }) {
  const { name, files, state, bytesRead, bytes, sent, refusedCount, refused, leftOut, problem, run } = of
  const isNothingSent = state !== 'reading' && sent + refusedCount === 0
  return (
    <div class="stack">
      {isNothingSent && leftOut.length > 0 ? (
        <p class="bar" role="status">
          Nothing was sent.
        </p>
      ) : (
        <div>
          <p class="bar">
            <span role="status">
              <strong>{name}</strong> {STATES[state][files === 1 ? 'one' : 'several']}.
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
                · <Settled run={run} /> <a href={linkTo('trace')}>See them</a>
              </>
            )}
          </p>
          {run !== undefined && (
            <p class="file-report">
              <a class="button" href={linkTo('report', run)}>
                What arrived, what was lost, and why
              </a>
            </p>
          )}
        </div>
      )}
      {problem !== undefined && <p class="note bad">{problem}</p>}
      {leftOut.map((one) => (
        <p key={one} class="note warn">
          {one}
        </p>
      ))}
      <RefusedLines count={refusedCount} lines={refused} />
    </div>
  )
}

function RefusedLines({ count, lines }: { readonly count: number; readonly lines: FileProgress['refused'] }) {
  if (lines.length === 0) return null
  return (
    <div>
      <h3>{count > lines.length ? `Refused, the first ${lines.length}` : 'Refused'}</h3>
      <ol class="refused">
        {lines.map(({ place, reason }, index) => (
          <li key={index}>
            <span class="quiet">{place}</span> {reason}
          </li>
        ))}
      </ol>
    </div>
  )
}

/** How many events of the files the cloud half is done with. The list of events shows the newest only. */
function Settled({ run }: { readonly run: string | undefined }) {
  const { answer } = useAnswer<readonly ReportCard[]>('reports', reportVersion.value)
  const card = answer?.find(({ id }) => id === run)
  if (!card) return null
  return (
    <>
      {card.settled.toLocaleString()} of {card.all.toLocaleString()} settled ·{' '}
    </>
  )
}
