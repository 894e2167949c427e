import { EVENT_TYPES } from '../shown/event-types'
import { OUTCOME_WORDS } from '../shown/outcome-badge'
import { choose, clearFilters, filter, isFiltered } from './chosen-filter'
import { SOURCES, STATES } from './row-filter'

/** The filter inputs for the list of events. */
export function FilterBar() {
  const { search, type, source, state, onlyLosses, onlyDoubtful, onlyDiffering } = filter.value
  return (
    <form
      class="bar filter-bar"
      role="search"
      aria-label="Events"
      onSubmit={(event) => {
        event.preventDefault()
      }}
    >
      <input
        type="search"
        class="filter-search"
        aria-label="Search events"
        placeholder="Search name, person, e-mail or id"
        value={search}
        onInput={({ currentTarget }) => {
          choose({ search: currentTarget.value })
        }}
      />
      <select
        aria-label="Type"
        value={type}
        onChange={({ currentTarget }) => {
          choose({ type: currentTarget.value })
        }}
      >
        <option value="">Any type</option>
        {EVENT_TYPES.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
      <select
        aria-label="Outcome on either half"
        value={state}
        onChange={({ currentTarget }) => {
          choose({ state: STATES.find((one) => one === currentTarget.value) ?? '' })
        }}
      >
        <option value="">Any outcome</option>
        {STATES.map((one) => (
          <option key={one} value={one}>
            {OUTCOME_WORDS[one]}
          </option>
        ))}
      </select>
      <select
        aria-label="Source"
        value={source}
        onChange={({ currentTarget }) => {
          choose({ source: SOURCES.find((one) => one === currentTarget.value) ?? '' })
        }}
      >
        <option value="">Any source</option>
        {SOURCES.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
      <label class="filter-check">
        <input
          type="checkbox"
          checked={onlyLosses}
          onChange={({ currentTarget }) => {
            choose({ onlyLosses: currentTarget.checked })
          }}
        />
        with losses
      </label>
      <label class="filter-check">
        <input
          type="checkbox"
          checked={onlyDoubtful}
          onChange={({ currentTarget }) => {
            choose({ onlyDoubtful: currentTarget.checked })
          }}
        />
        with doubts
      </label>
      <label class="filter-check">
        <input
          type="checkbox"
          checked={onlyDiffering}
          onChange={({ currentTarget }) => {
            choose({ onlyDiffering: currentTarget.checked })
          }}
        />
        halves differ
      </label>
      {isFiltered.value && (
        <button type="button" class="small" onClick={clearFilters}>
          Clear filters
        </button>
      )}
    </form>
  )
}
