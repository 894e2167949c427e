interface TextInputProps {
  readonly id?: string
  readonly value: string
  readonly onText: (text: string) => void
  readonly placeholder?: string
  /** The id of a datalist. */
  readonly list?: string
  /** For values that are read by machines: no capitalization and no corrections. */
  readonly code?: boolean
  readonly 'aria-label'?: string
  readonly 'aria-invalid'?: boolean
  readonly 'aria-describedby'?: string
  /** The form in which a picked path is written into this input. */
  readonly 'data-picks'?: 'path' | 'template'
}

/** One line of text. */
export function TextInput({ onText, code = false, list, ...given }: TextInputProps) {
  return (
    <input
      autoComplete="off"
      {...given}
      type="text"
      list={list}
      class={code ? 'wide mono' : 'wide'}
      {...(code ? { spellcheck: false, autoCapitalize: 'none' as const } : {})}
      onInput={(event) => {
        onText(event.currentTarget.value)
      }}
    />
  )
}
