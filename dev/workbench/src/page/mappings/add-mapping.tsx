import { useState } from 'preact/hooks'
import type { DestinationCard } from '../../contract'
import { goTo } from '../route'
import { withKey } from './keyed-rows'
import { changeRows, currentRows, keyedRows } from './mapping-drafts'
import { newRow } from './subscription-rows'

/** Adds a row for one of the actions, or a ready-made one, and opens it. */
export function AddMapping({ card }: { readonly card: DestinationCard }) {
  const actions = Object.entries(card.actions)
  const [action, setAction] = useState(actions[0]?.[0] ?? '')
  return (
    <form
      class="bar add-mapping"
      onSubmit={(event) => {
        event.preventDefault()
        const rows = currentRows(card.half)
        changeRows(card.half, [...keyedRows(card.half), withKey(newRow(card, action, rows))])
        goTo('mappings', card.half, String(rows.length))
      }}
    >
      <label class="sr" for="add-action">
        Action of a new mapping
      </label>
      <select
        id="add-action"
        value={action}
        onChange={(event) => {
          setAction(event.currentTarget.value)
        }}
      >
        {actions.map(([key, { title }]) => (
          <option key={key} value={key}>
            {title}
          </option>
        ))}
        {card.offered.length > 0 && (
          <optgroup label="Ready-made, off: each name is one of Intercom’s 120">
            {card.offered.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </optgroup>
        )}
      </select>
      <button type="submit">Add mapping</button>
    </form>
  )
}
