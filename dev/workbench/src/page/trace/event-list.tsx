import { rows } from '../live'
import { linkTo } from '../route'
import { EventRow } from '../shown/event-row'
import { StartOver } from '../shown/start-over'
import {
  clearFilters,
  isFiltered,
  matching,
  PAGE_SIZE,
  announcement,
  showMore,
  shown,
  toMatchText
} from './chosen-filter'

/** The matching events, newest first. The arrow keys move between them. */
export function EventList({ openId }: { readonly openId: string | undefined }) {
  if (rows.value.length === 0) return <NoEvents />
  const hidden = matching.value.length - shown.value.length
  return (
    <>
      <div class="bar how-many">
        <span class="quiet">
          {isFiltered.value ? toMatchText(matching.value.length, rows.value.length) : toCount(rows.value.length)}
        </span>
        <span class="sr" role="status">
          {announcement}
        </span>
        <a class="button small" href="/api/session" download>
          Export session
        </a>
        <StartOver />
      </div>
      {matching.value.length === 0 && (
        <div class="card nothing">
          <p>No event is like that. Others may come.</p>
          <button type="button" class="primary" onClick={clearFilters}>
            Clear filters
          </button>
        </div>
      )}
      <div class="list-frame" hidden={matching.value.length === 0}>
        <ol class="event-list" aria-label="Events, newest first" onKeyDown={moveWithArrows}>
          <li class="event-columns" aria-hidden="true">
            {['Time', 'Source', 'Type', 'Name', 'Person', 'Web', 'Cloud', ''].map((title) => (
              <span key={title}>{title}</span>
            ))}
          </li>
          {shown.value.map((row) => (
            <li key={row.id}>
              <EventRow row={row} isOpen={row.id === openId} />
            </li>
          ))}
        </ol>
        {hidden > 0 && (
          <p class="more">
            <button type="button" onClick={showMore}>
              Show {Math.min(PAGE_SIZE, hidden)} more
            </button>
          </p>
        )}
      </div>
    </>
  )
}

const toCount = (count: number): string => (count === 1 ? '1 event' : `${count.toLocaleString()} events`)

function NoEvents() {
  return (
    <div class="card nothing">
      <h2>No event yet</h2>
      <p>Each event shows here the moment it comes in, with what became of it on both halves.</p>
      <p>
        <a class="button primary" href={linkTo('source', 'shop')}>
          Make one in the shop
        </a>{' '}
        <a class="button" href={linkTo('source', 'editor')}>
          Write one
        </a>
      </p>
    </div>
  )
}

function moveWithArrows(event: KeyboardEvent): void {
  if (!(event.currentTarget instanceof Element) || event.altKey || event.ctrlKey || event.metaKey) return
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a.event-row')]
  const at = links.findIndex((link) => link === document.activeElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key]
  const link = to === undefined ? undefined : links[to]
  if (!link) return
  event.preventDefault()
  link.focus()
}
