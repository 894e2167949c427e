interface FieldProps {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly type?: 'text' | 'email' | 'number'
  readonly autocomplete?: AutoFill
}

/** A labelled input of a form, with a suggested value. */
export function Field({ name, label, value, type = 'text', autocomplete }: FieldProps) {
  const entry = { name, defaultValue: value, required: true, autocomplete }
  return (
    <label class="field">
      <span>{label}</span>
      {type === 'number' && <input {...entry} type="number" min="0" />}
      {type === 'email' && <input {...entry} type="email" />}
      {type === 'text' && <input {...entry} type="text" />}
    </label>
  )
}

interface ChoiceFieldProps {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly choices: readonly string[]
}

export const ChoiceField = ({ name, label, value, choices }: ChoiceFieldProps) => (
  <label class="field">
    <span>{label}</span>
    <select name={name}>
      {choices.map((choice) => (
        <option key={choice} value={choice} selected={choice === value}>
          {choice}
        </option>
      ))}
    </select>
  </label>
)

interface CheckFieldProps {
  readonly name: string
  readonly label: string
  readonly value: boolean
}

export const CheckField = ({ name, label, value }: CheckFieldProps) => (
  <label class="check">
    <input name={name} type="checkbox" defaultChecked={value} />
    <span>{label}</span>
  </label>
)

/** The entered text. */
export function toEntry(form: HTMLFormElement, name: string): string {
  const entry = new FormData(form).get(name)
  return typeof entry === 'string' ? entry.trim() : ''
}
