import { useId, useState } from 'preact/hooks'
import type { Half, Problem } from '../../contract'
import { parseJson } from '../form/json-value'
import { problemsOf } from '../shown/problems-of'
import { importRows } from './mapping-drafts'

interface MappingTransferProps {
  readonly half: Half
  readonly isDirty: boolean
  readonly onProblems: (problems: readonly Problem[]) => void
}

/** The mapping file, out and in: the same one that `deliver --mapping` takes. */
export function MappingTransfer({ half, isDirty, onProblems }: MappingTransferProps) {
  const id = useId()
  const [said, say] = useState('')
  const take = async (file: File) => {
    say('')
    try {
      const json = parseJson(await file.text())
      if (json === undefined) {
        onProblems([{ path: '', message: `${file.name} is no JSON.` }])
        return
      }
      await importRows(half, json)
      onProblems([])
      say(`${file.name} is imported.`)
    } catch (thrown) {
      onProblems(problemsOf(thrown))
    }
  }
  return (
    <>
      <a
        class="button"
        href={`/api/destinations/${half}/export`}
        download={`intercom-${half}.mapping.json`}
        title={isDirty ? 'What is saved; your unsaved changes are not in it' : undefined}
      >
        Export
      </a>
      <span class="import">
        <input
          id={id}
          type="file"
          class="sr"
          accept=".json,application/json"
          disabled={isDirty}
          onChange={(event) => {
            const input = event.currentTarget
            const file = input.files?.[0]
            input.value = ''
            if (file) void take(file)
          }}
        />
        <label class="button" for={id}>
          Import
        </label>
      </span>
      <span class="quiet" role="status">
        {isDirty ? 'To import, save or discard first.' : said}
      </span>
    </>
  )
}
