import type { FieldCard, Json } from '../../contract'
import { ChoiceSelect } from '../form/choice-select'
import { toChoices } from '../form/field-choices'
import { isJsonList } from '../../json-guards'
import { isSameJson } from '../form/json-value'
import { describing, LabelledField } from '../form/labelled-field'
import { NumberInput } from '../form/number-input'
import { SecretInput } from '../form/secret-input'
import { Switch } from '../form/switch'
import { TextInput } from '../form/text-input'
import { TextList } from '../form/text-list'

interface SettingFieldProps {
  readonly name: string
  readonly field: FieldCard
  readonly value: Json | undefined
  readonly problem: string | undefined
  readonly onValue: (value: Json | undefined) => void
}

/** One setting, with the input for its type. */
export function SettingField(props: SettingFieldProps) {
  const { name, field, value, problem, onValue } = props
  const id = `setting-${name}`
  const hasOwnValue = value !== undefined && value !== '' && !isSameJson(value, field.default)
  return (
    <LabelledField
      id={id}
      label={field.label}
      help={field.description}
      required={field.required === true}
      problem={problem}
      aside={
        field.default !== undefined &&
        hasOwnValue && (
          <button
            type="button"
            class="small plain"
            aria-label={`Restore the default of ${field.label}`}
            onClick={() => {
              onValue(undefined)
            }}
          >
            Restore the default, {sayDefault(field)}
          </button>
        )
      }
    >
      <SettingInput {...props} id={id} />
    </LabelledField>
  )
}

const isText = (value: Json | undefined): value is string | number =>
  typeof value === 'string' || typeof value === 'number'

function sayDefault({ default: value, choices }: FieldCard): string {
  const choice = toChoices(choices).find((one) => one.value === value)
  if (choice) return choice.label
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return isText(value) ? String(value) : JSON.stringify(value)
}

function SettingInput({ id, field, value, problem, onValue }: SettingFieldProps & { readonly id: string }) {
  const described = describing(id, problem, field.description)
  if (field.multiple) {
    return (
      <TextList
        id={id}
        label={field.label}
        texts={isJsonList(value) ? value.map(String) : []}
        onTexts={(texts) => {
          onValue([...texts])
        }}
        addLabel="Add a name"
        describedBy={described['aria-describedby']}
      />
    )
  }
  if (field.type === 'boolean') {
    const on = value === undefined ? field.default === true : value === true
    return <Switch id={id} label={on ? 'On' : 'Off'} on={on} onSwitch={onValue} />
  }
  if (field.choices) {
    return (
      <ChoiceSelect
        {...described}
        choices={toChoices(field.choices).map((choice) =>
          choice.value === field.default ? { ...choice, label: `${choice.label} (default)` } : choice
        )}
        value={isText(value) ? value : isText(field.default) ? field.default : undefined}
        onChoice={(choice) => {
          onValue(choice === field.default ? undefined : choice)
        }}
        {...(field.default === undefined ? { none: 'Not set' } : {})}
      />
    )
  }
  if (field.type === 'password') {
    return <SecretInput {...described} value={typeof value === 'string' ? value : ''} onText={onValue} />
  }
  const typed = {
    ...described,
    value: isText(value) ? String(value) : '',
    onText: onValue,
    placeholder: field.default === undefined ? (field.placeholder ?? '') : sayDefault(field)
  }
  if (field.type === 'number' || field.type === 'integer') return <NumberInput {...typed} />
  return <TextInput {...typed} />
}
