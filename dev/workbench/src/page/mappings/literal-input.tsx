import type { FieldCard } from '../../contract'
import { ChoiceSelect } from '../form/choice-select'
import { toChoices } from '../form/field-choices'
import { NumberInput } from '../form/number-input'
import { TextInput } from '../form/text-input'
import { toTypedNumber } from '../form/typed-number'

type Literal = string | number | boolean

interface LiteralInputProps {
  readonly given: { readonly id: string; readonly 'aria-invalid'?: boolean; readonly 'aria-describedby'?: string }
  readonly label: string
  readonly field: FieldCard
  readonly value: Literal
  readonly offered?: string | undefined
  readonly onLiteral: (value: Literal) => void
}

const TRUE_OR_FALSE = [
  { label: 'True', value: 'true' },
  { label: 'False', value: 'false' }
]

/** A value that is the same for every event. */
export function LiteralInput({ given, label, field, value, offered, onLiteral }: LiteralInputProps) {
  const named = { ...given, 'aria-label': `${label}: fixed value` }
  if (field.choices && typeof value !== 'boolean') {
    return (
      <ChoiceSelect
        {...named}
        choices={toChoices(field.choices)}
        value={value}
        onChoice={(choice) => {
          if (choice !== undefined) onLiteral(choice)
        }}
      />
    )
  }
  if (field.type === 'boolean') {
    return (
      <ChoiceSelect
        {...named}
        choices={TRUE_OR_FALSE}
        value={String(value)}
        onChoice={(choice) => {
          onLiteral(choice === 'true')
        }}
      />
    )
  }
  if (field.type === 'number' || field.type === 'integer') {
    return (
      <NumberInput
        {...named}
        value={String(value)}
        onText={(text) => {
          // Text that is no number is kept, and the preview reports it.
          onLiteral(toTypedNumber(text) ?? text)
        }}
      />
    )
  }
  return (
    <TextInput
      {...named}
      value={String(value)}
      onText={onLiteral}
      {...(offered === undefined ? {} : { list: offered })}
    />
  )
}
