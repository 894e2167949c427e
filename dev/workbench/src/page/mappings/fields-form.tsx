import type { ActionCard, FieldCard, JsonObject } from '../../contract'
import { ownValue, withValue } from '../form/json-value'
import { FieldRow } from './field-row'

interface FieldSections {
  readonly main: readonly FieldEntry[]
  /** Settings of Segment's delivery. */
  readonly delivery: readonly FieldEntry[]
  /** Fields that the catalog does not show. */
  readonly advanced: readonly FieldEntry[]
}

type FieldEntry = readonly [key: string, field: FieldCard]

/** Segment's names for the fields that control batches. */
const DELIVERY = ['enable_batching', 'batch_size', 'batch_keys', 'batch_bytes']

/** The fields of an action by the sections of its form. */
function toFieldSections({ fields }: ActionCard): FieldSections {
  const entries = Object.entries(fields).filter(([, field]) => field.type !== 'hidden')
  const isDelivery = ([key]: FieldEntry) => DELIVERY.includes(key)
  const isAdvanced = ([, field]: FieldEntry) => field.unsafe_hidden === true
  return {
    main: entries.filter((entry) => !isDelivery(entry) && !isAdvanced(entry)),
    delivery: entries.filter(isDelivery),
    advanced: entries.filter((entry) => !isDelivery(entry) && isAdvanced(entry))
  }
}

interface FieldsFormProps {
  readonly action: ActionCard
  readonly mapping: JsonObject
  readonly onChange: (mapping: JsonObject, key: string) => void
}

/** The fields of an action, each with the source of its value. */
export function FieldsForm({ action, mapping, onChange }: FieldsFormProps) {
  const { main, delivery, advanced } = toFieldSections(action)
  const toRow = ([key, field]: FieldEntry) => (
    <FieldRow
      key={key}
      keys={[key]}
      field={field}
      value={ownValue(mapping, key)}
      onValue={(value) => {
        onChange(withValue(mapping, key, value), key)
      }}
    />
  )
  return (
    <>
      <section class="mapping-section" aria-labelledby="fields-title">
        <h2 id="fields-title">Fields</h2>
        {main.map(toRow)}
      </section>
      {delivery.length > 0 && (
        <section class="mapping-section" aria-labelledby="delivery-title">
          <h2 id="delivery-title">Delivery</h2>
          {delivery.map(toRow)}
        </section>
      )}
      {advanced.length > 0 && (
        <details class="mapping-section">
          <summary>
            <h2>Advanced</h2>{' '}
            <span class="quiet">{advanced.length === 1 ? '1 field' : `${advanced.length} fields`}</span>
          </summary>
          {advanced.map(toRow)}
        </details>
      )}
    </>
  )
}
