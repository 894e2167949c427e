import type { FieldCard, Json } from '../../contract'
import { Folded } from '../shown/folded'
import { isJsonObject } from '../../json-guards'
import { ownValue, withValue } from '../form/json-value'
import { FieldRow } from './field-row'
import { useEditing } from './editing'
import type { Entry } from './source'

interface NestedFieldsProps {
  readonly keys: readonly string[]
  readonly properties: Readonly<Record<string, FieldCard>>
  readonly entries: readonly Entry[]
  readonly defaultValue: Json | undefined
  readonly onEntries: (entries: readonly Entry[]) => void
}

/** The fields of an object, one by one. Folded up, because most of them stay as they are. */
export function NestedFields({ keys, properties, entries, defaultValue, onEntries }: NestedFieldsProps) {
  const { problems, unfinished } = useEditing()
  const object = Object.fromEntries(entries)
  const fields = Object.entries(properties)
  const mapped = fields.filter(([key]) => ownValue(object, key) !== undefined).length
  const isWrong = [...problems, ...unfinished].some(({ path }) => path.startsWith(`mapping.${keys.join('.')}.`))
  const defaults = isJsonObject(defaultValue) ? defaultValue : {}
  return (
    <Folded class="nested" isWrong={isWrong} title={`${mapped} of ${fields.length} fields mapped`}>
      {fields.map(([key, field]) => (
        <FieldRow
          key={key}
          keys={[...keys, key]}
          field={field}
          value={ownValue(object, key)}
          defaultValue={ownValue(defaults, key) ?? field.default}
          onValue={(value) => {
            onEntries(Object.entries(withValue(object, key, value)))
          }}
        />
      ))}
    </Folded>
  )
}
