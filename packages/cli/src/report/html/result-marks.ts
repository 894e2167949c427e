import type { ReportResult } from '../report'
import { html, type Html } from './html'

/** The results as words. */
export const RESULT_WORDS: Readonly<Record<ReportResult, string>> = {
  delivered: 'delivered',
  ignored: 'ignored',
  rejected: 'rejected',
  retry: 'given up for now'
}

/** The patterns of the results, so that no colour is needed to tell them apart. Once for each page. */
export const PATTERNS = html`<svg class="patterns" aria-hidden="true" focusable="false">
  <defs>
    <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="hatch-paper" width="6" height="6" />
      <line class="hatch" x1="0" y1="0" x2="0" y2="6" />
    </pattern>
    <pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">
      <rect class="dots-paper" width="6" height="6" />
      <circle class="dots" cx="3" cy="3" r="2" />
    </pattern>
  </defs>
</svg>`

/** A square with the pattern of a result. */
export const toMark = (result: ReportResult): Html =>
  html`<svg viewBox="0 0 12 12" aria-hidden="true" focusable="false">
    <rect class="${result}" x="1" y="1" width="10" height="10" />
  </svg>`
