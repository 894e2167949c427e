import { useState } from 'preact/hooks'
import type { DestinationCard, Problem } from '../../contract'
import { isSameJson } from '../form/json-value'
import { ProblemList } from '../shown/problem-list'
import { AddMapping } from './add-mapping'
import { DestinationNote } from './destination-note'
import { areRowsDirty, changeRows, currentRows, refusedPlaces } from './mapping-drafts'
import { MappingRow } from './mapping-row'
import { MappingSaveBar } from './mapping-save-bar'
import { MappingTransfer } from './mapping-transfer'

/** The rows of a destination: each takes some events and makes one action of them. */
export function MappingList({ card }: { readonly card: DestinationCard }) {
  const { half, presets } = card
  const rows = currentRows(half)
  const [importProblems, setImportProblems] = useState<readonly Problem[]>([])
  const isPresets =
    rows.length === presets.length &&
    rows.every((row, index) => {
      const preset = presets[index]
      return preset !== undefined && isSameJson({ ...row }, { ...preset })
    })
  return (
    <div class="mapping">
      <DestinationNote half={half} />
      <div class="bar">
        <AddMapping card={card} />
        <button
          type="button"
          class="push"
          disabled={isPresets}
          onClick={() => {
            changeRows(half, presets)
          }}
        >
          Restore presets
        </button>
        <MappingTransfer half={half} isDirty={areRowsDirty(half)} onProblems={setImportProblems} />
      </div>
      <ProblemList problems={importProblems} />
      <ProblemList problems={refusedPlaces(half)} />
      {rows.length === 0 ? (
        <p class="card quiet">No mapping is left, so nothing reaches Intercom. Add one, or restore the presets.</p>
      ) : (
        <ol class="mapping-rows">
          {rows.map((row, index) => (
            <MappingRow key={index} card={card} row={row} index={index} />
          ))}
        </ol>
      )}
      <MappingSaveBar half={half} />
    </div>
  )
}
