import type { Conditions, FieldCard, Json, JsonObject } from '../../contract'
import { isJsonList, isJsonObject } from '../../json-guards'
import { isSameJson } from '../form/json-value'
import { toDirectiveText } from './directive-text'

type Fields = Readonly<Record<string, FieldCard>>
type Condition = Conditions['conditions'][number]

/** `maybe` where the mapped value comes from the event, so that it is unknown before the event arrives. */
type Verdict = 'yes' | 'no' | 'maybe'

/** Whether conditions hold for the current mapping. Without conditions they do. */
export function areMet(conditions: Conditions | undefined, mapping: JsonObject): Verdict {
  if (conditions === undefined || conditions.conditions.length === 0) return 'yes'
  const verdicts = conditions.conditions.map((condition) => isMet(condition, mapping))
  const [enough, other] = conditions.match === 'any' ? (['yes', 'no'] as const) : (['no', 'yes'] as const)
  if (verdicts.includes(enough)) return enough
  return verdicts.includes('maybe') ? 'maybe' : other
}

function isMet({ type, fieldKey, operator, value }: Condition, mapping: JsonObject): Verdict {
  // Conditions on the sync mode do not apply, because these mappings have none.
  if (type === 'syncMode') return 'maybe'
  const mapped = valueAt(mapping, fieldKey)
  if (isJsonObject(mapped) && Object.keys(mapped).some((key) => key.startsWith('@'))) return 'maybe'
  const isOne = isJsonList(value) ? value.some((one) => isSameJson(one, mapped)) : isSameJson(value, mapped)
  return isOne === (operator === 'is') ? 'yes' : 'no'
}

/** The value of a field or of a nested field: `company.name`. */
function valueAt(mapping: JsonObject, fieldKey: string): Json | undefined {
  let value: Json | undefined = mapping
  for (const key of fieldKey.split('.')) {
    value = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
  }
  return value
}

/** Whether a field is required. */
export function isRequired({ required }: FieldCard, mapping: JsonObject): Verdict {
  if (typeof required === 'object') return areMet(required, mapping)
  return required === true ? 'yes' : 'no'
}

/** Conditions in words: `Role is User`. */
export function toConditionText({ match, conditions }: Conditions, fields: Fields): string {
  return conditions
    .map(({ fieldKey, operator, value }) => {
      const field = Object.hasOwn(fields, fieldKey) ? fields[fieldKey] : undefined
      return `${field?.label ?? fieldKey} is ${operator === 'is' ? '' : 'not '}${toDirectiveText(value, field)}`
    })
    .join(match === 'any' ? ' or ' : ' and ')
}
