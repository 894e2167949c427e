import { computed } from '@preact/signals'
import { rows } from '../live'
import { linkTo } from '../route'
import { EventRow } from '../shown/event-row'
import { Checklist } from './checklist'

const LATEST = 12

const latest = computed(() => rows.value.slice(0, LATEST))

const HOME = '/shop/'

/** The demo shop, with the events that it sends beside it. While it is hidden, only its frame is kept. */
export function ShopTab({ isHidden }: { readonly isHidden: boolean }) {
  return (
    <div class="shop-tab" hidden={isHidden}>
      {!isHidden && <Checklist />}
      {!isHidden && <Latest />}
      <section class="shop-frame" aria-label="The shop">
        <iframe src={HOME} title="The demo shop" />
        <p class="quiet">
          A shop with Analytics.js, like any other.{' '}
          <a href={HOME} target="_blank" rel="noreferrer">
            Open the shop in its own tab
          </a>
        </p>
      </section>
    </div>
  )
}

function Latest() {
  return (
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
  )
}
