import { signal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { isByKeyboard } from '../by-keyboard'
import { rows } from '../live'
import { linkTo, route } from '../route'
import { EventList } from './event-list'
import { FilterBar } from './filter-bar'
import { OpenedEvent } from './opened-event'
import './trace.css'

/** A trace has six columns, which fit on most screens only without the list. */
const isListHidden = signal(matchMedia('(max-width: 110rem)').matches)

/** The scroll position of the list on a phone, where an opened event replaces it. */
let leftAt = 0

/** The list of events, and the trace of the opened one. */
export function TraceView() {
  const [, id, code] = route.value
  const isOpen = id !== undefined
  useLayoutEffect(() => {
    if (!matchMedia('(max-width: 60rem)').matches) return undefined
    scrollTo(0, isOpen ? 0 : leftAt)
    const remember = () => {
      if (!isOpen) leftAt = scrollY
    }
    addEventListener('scroll', remember, { passive: true })
    return () => {
      removeEventListener('scroll', remember)
    }
  }, [isOpen, id])
  const lastOpen = useRef<string | undefined>(undefined)
  useLayoutEffect(() => {
    // Going back by keyboard returns the focus to the row that was open.
    if (id === undefined && lastOpen.current !== undefined && isByKeyboard()) focusRow(lastOpen.current)
    lastOpen.current = id
  }, [id])
  const isAlone = isOpen && isListHidden.value
  return (
    <div class={`trace ${isOpen ? 'trace-open' : ''} ${isAlone ? 'trace-alone' : ''}`}>
      <h1 class={isOpen ? 'sr' : ''}>Trace</h1>
      <section class="trace-list" aria-label="All events">
        {rows.value.length > 0 && <FilterBar />}
        <EventList openId={id} />
      </section>
      {isOpen && (
        <div class="trace-event">
          <p class="bar trace-ways">
            <a href={linkTo('trace')}>← All events</a>
            <button
              type="button"
              class="small list-switch"
              onClick={() => {
                isListHidden.value = !isListHidden.value
              }}
            >
              {isAlone ? 'Show the list' : 'Use the whole width'}
            </button>
          </p>
          <OpenedEvent key={id} id={id} code={code} />
        </div>
      )}
    </div>
  )
}

function focusRow(id: string): void {
  for (const row of document.querySelectorAll<HTMLElement>('.trace-list a.event-row')) {
    if (row.getAttribute('href') === linkTo('trace', id)) row.focus()
  }
}
