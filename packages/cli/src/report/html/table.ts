import { amount, plural } from '../../text/text-layout'
import { html, NOTHING, type Html } from './html'

export interface Column {
  readonly title: string
  readonly kind?: 'number' | 'where'
}

interface Table {
  readonly caption: string
  readonly columns: readonly Column[]
  /** One cell for each column; the first one is the header of its row. */
  readonly rows: readonly (readonly Html[])[]
}

/** Rows that are shown at once; the others are behind "Show the others". */
const ROWS_SHOWN = 25

/**
 * A table with a caption. On a narrow page each row becomes a list, and each cell shows the title of its column. The roles
 * are named, because a browser drops those of tables that are not laid out as one.
 */
export function toTable({ caption, columns, rows }: Table): Html {
  if (rows.length === 0) return NOTHING
  const head = columns.map(
    ({ title, kind = '' }) => html`<th role="columnheader" scope="col" class="${kind}">${title}</th>`
  )
  const toCell = (cell: Html, index: number) => {
    const { title = '', kind = '' } = columns[index] ?? {}
    return index === 0
      ? html`<th role="rowheader" scope="row" class="${kind}">${cell}</th>`
      : html`<td role="cell" class="${kind}" data-label="${title}">${cell}</td>`
  }
  const toRows = (part: Table['rows']) =>
    part.map(
      (cells) =>
        html`<tr role="row">
          ${cells.map(toCell)}
        </tr>`
    )
  const toWhole = (part: Table['rows'], title: string) =>
    html`<table role="table">
      <caption>
        ${title}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${head}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${toRows(part)}
      </tbody>
    </table>`
  const others = rows.slice(ROWS_SHOWN)
  const first = toWhole(rows.slice(0, ROWS_SHOWN), caption)
  if (others.length === 0) return first
  return html`${first}
    <details>
      <summary>Show ${plural(others.length, 'more row')}</summary>
      ${toWhole(others, `${caption} (continued)`)}
    </details>`
}

const BAR_WIDTH = 100

/** A count, with a bar that shows its part of the largest one. */
export function toCount(count: number, largest: number): Html {
  const width = largest === 0 ? 0 : Math.max(1, (count / largest) * BAR_WIDTH)
  return html`${amount(count)}<svg
      class="bar"
      viewBox="0 0 ${BAR_WIDTH} 6"
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <rect width="${width}" height="6" />
    </svg>`
}
