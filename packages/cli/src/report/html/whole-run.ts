import { amount, plural } from '../../text/text-layout'
import type { Report } from '../report'
import { html, type Html } from './html'

/** What is known of all parts of a run that was continued, and of which part the rest of the page speaks. */
export function toWholeRun({ earlier, whole }: Report): Html {
  const done = html`<p>${plural(earlier, 'line')} were done by an earlier part of this run.</p>`
  const rest = html`<p>
    What follows is about this part alone: of earlier lines only the result is kept, not what was left out of them.
  </p>`
  if (!whole) return html`${done}${rest}`
  return html`${done}
    <p>All parts of this run together:</p>
    <ul class="totals">
      <li><strong>${amount(whole.delivered)}</strong>delivered</li>
      <li><strong>${amount(whole.failed)}</strong>rejected or unreadable</li>
      <li><strong>${amount(whole.nothingToDeliver)}</strong>not for Intercom, or blank</li>
    </ul>
    ${rest}`
}
