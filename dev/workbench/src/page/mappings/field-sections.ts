import type { ActionCard, FieldCard } from '../../contract'

interface FieldSections {
  readonly main: readonly FieldEntry[]
  /** Settings of Segment's delivery. */
  readonly delivery: readonly FieldEntry[]
  /** Fields that the catalog does not show. */
  readonly advanced: readonly FieldEntry[]
}

export type FieldEntry = readonly [key: string, field: FieldCard]

/** Segment's names for the fields that control batches. */
const DELIVERY = ['enable_batching', 'batch_size', 'batch_keys', 'batch_bytes']

/** The fields of an action by the sections of its form. */
export function toFieldSections({ fields }: ActionCard): FieldSections {
  const entries = Object.entries(fields).filter(([, field]) => field.type !== 'hidden')
  const isDelivery = ([key]: FieldEntry) => DELIVERY.includes(key)
  const isAdvanced = ([, field]: FieldEntry) => field.unsafe_hidden === true
  return {
    main: entries.filter((entry) => !isDelivery(entry) && !isAdvanced(entry)),
    delivery: entries.filter(isDelivery),
    advanced: entries.filter((entry) => !isDelivery(entry) && isAdvanced(entry))
  }
}
