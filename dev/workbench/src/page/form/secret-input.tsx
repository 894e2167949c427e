interface SecretInputProps {
  readonly id?: string
  readonly value: string
  readonly onText: (text: string) => void
  readonly 'aria-invalid'?: boolean
  readonly 'aria-describedby'?: string
}

/** An input for a secret: the browser neither shows nor stores it. */
export function SecretInput({ onText, ...given }: SecretInputProps) {
  return (
    <input
      {...given}
      class="wide"
      type="password"
      autoComplete="off"
      onInput={(event) => {
        onText(event.currentTarget.value)
      }}
    />
  )
}
