import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { DestinationCard, Json } from '../../contract'
import { isJsonList } from '../../json-guards'
import { parseJson } from '../form/json-value'
import { areRowsDirty, countIgnored, currentRows, importRows, refuseFile } from './mapping-drafts'
import { isReplacing, sayReplacing } from './subscription-rows'

const EXPORTS = [
  { format: 'saved', label: 'Export' },
  { format: 'public-api', label: 'for the Public API' },
  { format: 'terraform', label: 'for Terraform' }
] as const

interface MappingFile {
  readonly name: string
  readonly json: Json
}

function toIgnoredText(count: number): string {
  if (count === 0) return ''
  return ` Segment would ignore ${count === 1 ? 'one part' : `${count} parts`} of it without a word: marked below.`
}

/** Export and import of the mapping file, in each of Segment’s formats; `deliver --mapping` reads them too. */
export function MappingTransfer({ card }: { readonly card: DestinationCard }) {
  const { half, presets } = card
  const isDirty = areRowsDirty(half)
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const question = useRef<HTMLDivElement>(null)
  const [notice, setNotice] = useState('')
  /** The file that waits for the confirmation that it may replace the mappings. */
  const [asked, ask] = useState<MappingFile | undefined>(undefined)
  useLayoutEffect(() => {
    if (asked) question.current?.focus()
  }, [asked])
  const take = async (name: string, json: Json) => {
    if (await importRows(half, name, json)) setNotice(`${name} is imported.${toIgnoredText(countIgnored(half))}`)
  }
  const read = async (file: File) => {
    setNotice('')
    ask(undefined)
    const json = parseJson(await file.text())
    if (json === undefined) refuseFile(half, file.name, [{ path: '', message: 'It is no JSON.' }])
    else if (isReplacing(json, currentRows(half), presets)) ask({ name: file.name, json })
    else await take(file.name, json)
  }
  const answer = () => {
    ask(undefined)
    // The pressed button is about to be removed.
    input.current?.focus()
  }
  return (
    <>
      {EXPORTS.map(({ format, label }) => (
        <a
          key={format}
          class="button"
          href={`/api/destinations/${half}/export?format=${format}`}
          download={`intercom-${half}.${format === 'saved' ? 'mapping' : format}.json`}
          title={isDirty ? 'What is saved; your unsaved changes are not in it' : undefined}
        >
          {label}
        </a>
      ))}
      <span class="import">
        <input
          ref={input}
          id={id}
          type="file"
          class="sr"
          accept=".json,application/json"
          disabled={isDirty}
          onChange={(event) => {
            const { files } = event.currentTarget
            const file = files?.[0]
            event.currentTarget.value = ''
            if (file) void read(file)
          }}
        />
        <label class="button" for={id}>
          Import
        </label>
      </span>
      <span class="quiet" role="status">
        {isDirty ? 'To import, save or discard first.' : notice}
      </span>
      {asked && !isDirty && (
        <div ref={question} class="note warn ask-import" role="alertdialog" aria-labelledby={`${id}-ask`} tabIndex={-1}>
          <p id={`${id}-ask`}>
            {sayReplacing(currentRows(half).length, isJsonList(asked.json) ? asked.json.length : undefined, asked.name)}
          </p>
          <button
            type="button"
            class="small"
            onClick={() => {
              answer()
              void take(asked.name, asked.json)
            }}
          >
            Yes, replace
          </button>{' '}
          <button type="button" class="small" onClick={answer}>
            No
          </button>
        </div>
      )}
    </>
  )
}
