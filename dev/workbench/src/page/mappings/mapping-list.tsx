import type { DestinationCard, Half } from '../../contract'
import { ProblemList } from '../shown/problem-list'
import { AddMapping } from './add-mapping'
import { areSameRows } from './keyed-rows'
import { currentRows, keyedRows, refusedFile, refusedPlaces, replaceRows } from './mapping-drafts'
import { MappingRow } from './mapping-row'
import { MappingSaveBar } from './mapping-save-bar'
import { MappingTransfer } from './mapping-transfer'
import { state } from '../live'
import { linkTo } from '../route'

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

/** Why no mapping of the destination runs, if none does. */
function DestinationNote({ half }: { readonly half: Half }) {
  const now = state.value
  if (!now) return null
  const isOff = !now.destinations[half].enabled
  const isUnconnected = half === 'cloud' && now.connection.kind === 'none'
  if (!isOff && !isUnconnected) return null
  return (
    <p class="note warn">
      {isOff ? 'This destination is disabled' : 'No workspace is connected'}, so none of these runs.{' '}
      <a href={linkTo('catalog', half)}>{isOff ? 'Enable it' : 'Connect one'} in the catalog.</a>
    </p>
  )
}
