interface NumberInputProps {
  readonly id?: string
  readonly value: string
  readonly onText: (text: string) => void
  readonly placeholder?: string
  readonly 'aria-label'?: string
  readonly 'aria-invalid'?: boolean
  readonly 'aria-describedby'?: string
}

/** A number as typed text, because number inputs of browsers hide text that is no number. */
export function NumberInput({ onText, ...given }: NumberInputProps) {
  return (
    <input
      {...given}
      class="number"
      type="text"
      inputMode="decimal"
      autoComplete="off"
      onInput={(event) => {
        onText(event.currentTarget.value)
      }}
    />
  )
}
