import { computed, effect } from '@preact/signals'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { clearings, rows } from '../live'
import { linkTo } from '../route'
import { EventRow } from '../shown/event-row'
import { Checklist } from './checklist'

const LATEST = 12

const latest = computed(() => rows.value.slice(0, LATEST))

const HOME = '/shop/'

/** The shop's address when the user left this tab. */
let leftAt = HOME

effect(() => {
  void clearings.value
  leftAt = HOME
})

/** The demo shop, with the events that it sends beside it. */
export function ShopTab() {
  return (
    <div class="shop-tab">
      <Checklist />
      <section aria-labelledby="latest-title" class="latest">
        <div class="bar">
          <h2 id="latest-title">Latest events</h2>
          {rows.value.length > 0 && (
            <a class="push" href={linkTo('trace')}>
              All {rows.value.length.toLocaleString()}
            </a>
          )}
        </div>
        {latest.value.length === 0 ? (
          <p class="quiet">Nothing yet. The first one shows here as soon as you open the shop.</p>
        ) : (
          <div class="card latest-frame">
            <ol class="event-list">
              {latest.value.map((row) => (
                <li key={row.id}>
                  <EventRow row={row} />
                </li>
              ))}
            </ol>
          </div>
        )}
      </section>
      <section class="shop-frame" aria-label="The shop">
        <ShopFrame />
        <p class="quiet">
          A shop with Analytics.js in it, as any other.{' '}
          <a href={HOME} target="_blank" rel="noreferrer">
            Open the shop in its own tab
          </a>
        </p>
      </section>
    </div>
  )
}

function ShopFrame() {
  const frame = useRef<HTMLIFrameElement>(null)
  const [start] = useState(leftAt)
  useLayoutEffect(() => {
    const shop = frame.current
    return () => {
      const path = shop?.contentWindow?.location.pathname
      if (path?.startsWith(HOME)) leftAt = path
    }
  }, [])
  return <iframe ref={frame} src={start} title="The demo shop" />
}
