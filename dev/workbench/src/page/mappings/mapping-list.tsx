import type { DestinationCard } from '../../contract'
import { ProblemList } from '../shown/problem-list'
import { AddMapping } from './add-mapping'
import { DestinationNote } from './destination-note'
import { areSameRows } from './keyed-rows'
import { currentRows, keyedRows, refusedFile, refusedPlaces, replaceRows } from './mapping-drafts'
import { MappingRow } from './mapping-row'
import { MappingSaveBar } from './mapping-save-bar'
import { MappingTransfer } from './mapping-transfer'

/** The rows of a destination: each takes some events and makes one action of them. */
export function MappingList({ card }: { readonly card: DestinationCard }) {
  const { half, presets } = card
  const rows = keyedRows(half)
  const refused = refusedFile(half)
  return (
    <div class="mapping">
      <DestinationNote half={half} />
      <div class="bar">
        <AddMapping card={card} />
        <button
          type="button"
          class="push"
          disabled={areSameRows(currentRows(half), presets)}
          onClick={() => {
            replaceRows(half, presets)
          }}
        >
          Restore presets
        </button>
        <MappingTransfer card={card} />
      </div>
      {refused && (
        <section>
          <h2>{refused.name} is not imported</h2>
          <ProblemList problems={refused.problems} />
        </section>
      )}
      <ProblemList problems={refusedPlaces(half)} />
      {rows.length === 0 ? (
        <p class="card quiet">No mapping is left, so nothing reaches Intercom. Add one, or restore the presets.</p>
      ) : (
        <ol class="mapping-rows">
          {rows.map(({ key, row }, index) => (
            <MappingRow key={key} card={card} rowKey={key} row={row} index={index} />
          ))}
        </ol>
      )}
      <MappingSaveBar card={card} />
    </div>
  )
}
