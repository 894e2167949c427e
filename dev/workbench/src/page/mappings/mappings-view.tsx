import '../form/form.css'
import './mappings.css'
import { useEffect, useRef } from 'preact/hooks'
import type { DestinationCard, Half } from '../../contract'
import { hasNoFocus } from '../form/focus'
import { catalog, state } from '../live'
import { linkTo, route } from '../route'
import { keyedRows } from './mapping-drafts'
import { MappingEditor } from './mapping-editor'
import { MappingList } from './mapping-list'

/** The mappings of one destination, or the editor of one of them. */
export function MappingsView() {
  const [, place, at] = route.value
  const half: Half = place === 'cloud' ? 'cloud' : 'web'
  const rows = keyedRows(half)
  // The URL has the row's number, which other edits may change. The opened row stays open.
  const opened = useRef<{ readonly at: string; readonly key: string | undefined } | undefined>(undefined)
  const address = `${half}/${at ?? ''}`
  if (opened.current?.at !== address)
    opened.current = { at: address, key: at === undefined ? undefined : rows[Number(at)]?.key }
  const { key } = opened.current
  const index = rows.findIndex((one) => one.key === key)
  const hasMoved = index !== -1 && String(index) !== at
  useEffect(() => {
    if (hasMoved) location.replace(linkTo('mappings', half, String(index)))
  }, [hasMoved, half, index])
  const hasBeenWithin = useRef(false)
  const cards = catalog.value
  if (!cards || !state.value) return null
  const row = rows[index]
  if (row) {
    hasBeenWithin.current = true
    return <MappingEditor key={row.key} card={cards[half]} rowKey={row.key} row={row.row} index={index} />
  }
  return <MappingLists cards={cards} half={half} isGone={at !== undefined} isBack={hasBeenWithin.current} />
}

interface MappingListsProps {
  readonly cards: Readonly<Record<Half, DestinationCard>>
  readonly half: Half
  /** The requested mapping does not exist. */
  readonly isGone: boolean
  /** The view was opened from a mapping. */
  readonly isBack: boolean
}

function MappingLists({ cards, half, isGone, isBack }: MappingListsProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // The link that led here was removed with its mapping.
    if (isBack && hasNoFocus()) heading.current?.focus()
  }, [])
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        Mappings
      </h1>
      <nav class="tabs" aria-label="Destinations">
        {(['web', 'cloud'] as const).map((one) => (
          <a key={one} href={linkTo('mappings', one)} aria-current={one === half ? 'page' : undefined}>
            {cards[one].name}
          </a>
        ))}
      </nav>
      {isGone && <p class="note warn">This mapping is not there any more. Here are the others.</p>}
      <MappingList key={half} card={cards[half]} />
    </>
  )
}
