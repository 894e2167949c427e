import type { Choice } from '../../contract'

interface ChoiceSelectProps {
  readonly id?: string
  readonly 'aria-label'?: string
  readonly 'aria-invalid'?: boolean
  readonly 'aria-describedby'?: string
  readonly choices: readonly Choice[]
  readonly value: string | number | undefined
  readonly onChoice: (value: string | number | undefined) => void
  /** The label for no choice. Without it a choice is required. */
  readonly none?: string
}

/** One of several choices. An unknown value is kept and shown unchanged. */
export function ChoiceSelect({ choices, value, onChoice, none, ...given }: ChoiceSelectProps) {
  const chosen = choices.findIndex((choice) => choice.value === value)
  const isStranger = chosen === -1 && value !== undefined
  const isOpen = chosen === -1 && value === undefined
  return (
    <select
      {...given}
      value={isStranger ? 'stranger' : String(chosen)}
      onChange={(event) => {
        const at = event.currentTarget.value
        if (at !== 'stranger') onChoice(choices[Number(at)]?.value)
      }}
    >
      {(none !== undefined || isOpen) && <option value="-1">{none ?? 'Choose…'}</option>}
      {isStranger && <option value="stranger">{`${value} (not one of the choices)`}</option>}
      {choices.map((choice, index) => (
        <option key={choice.value} value={String(index)}>
          {choice.label}
        </option>
      ))}
    </select>
  )
}
