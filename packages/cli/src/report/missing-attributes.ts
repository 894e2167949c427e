import type { AttributeType } from '@intercom-destinations/intercom-cloud'
import type { AttributeRow } from './report'

const MODEL_AND_NAME = /^(company\.|companies\[\d+\]\.)?custom_attributes\.(.+)$/

/** How many names are kept. A file may have ids in its names. */
const NAMES_KEPT = 1000

/** Takes values of every type. */
export const WIDEST_TYPE = 'string'
const DAY_AND_TIME: ReadonlySet<string> = new Set(['date', 'datetime'])

interface Missing {
  readonly model: AttributeRow['model']
  readonly name: string
  count: number
  /** `undefined` until a value shows it. */
  type: AttributeType | undefined
}

/** The custom attributes that a workspace lacks, with a type that takes every value that was left out. */
export class MissingAttributes {
  readonly #rows = new Map<string, Missing>()

  /** `path` as in the loss; `type` of this value, `undefined` if the value does not show it. */
  add(path: string, type: AttributeType | undefined): void {
    const [, company, name] = MODEL_AND_NAME.exec(path) ?? []
    if (name === undefined) return
    const model = company === undefined ? 'contact' : 'company'
    const key = `${model} ${name}`
    const row = this.#rows.get(key)
    if (row) {
      row.count += 1
      row.type = toWider(row.type, type)
    } else if (this.#rows.size < NAMES_KEPT) this.#rows.set(key, { model, name, count: 1, type })
  }

  /** Those of people first, and the most frequent first. */
  list(): AttributeRow[] {
    return [...this.#rows.values()]
      .sort((a, b) => (a.model === b.model ? b.count - a.count : a.model === 'contact' ? -1 : 1))
      .map(({ type = WIDEST_TYPE, ...row }) => ({ ...row, type }))
  }
}

/** A type that takes the values of both. */
export function toWider(one: AttributeType | undefined, other: AttributeType | undefined): AttributeType | undefined {
  if (one === undefined || other === undefined || one === other) return one ?? other
  return DAY_AND_TIME.has(one) && DAY_AND_TIME.has(other) ? 'datetime' : WIDEST_TYPE
}
