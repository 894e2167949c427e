interface SwitchProps {
  readonly label: string
  readonly on: boolean
  readonly onSwitch: (on: boolean) => void
  readonly disabled?: boolean
  readonly id?: string
  readonly describedBy?: string
  /** The label is for screen readers only. */
  readonly quiet?: boolean
}

/** A switch that takes effect at once. */
export function Switch({ label, on, onSwitch, disabled = false, id, describedBy, quiet = false }: SwitchProps) {
  return (
    <label class="switch">
      <input
        type="checkbox"
        role="switch"
        class="slide"
        id={id}
        checked={on}
        disabled={disabled}
        aria-describedby={describedBy}
        onChange={(event) => {
          const next = event.currentTarget.checked
          // The box shows the stored state; the parent decides what a click changes.
          event.currentTarget.checked = on
          onSwitch(next)
        }}
      />
      <span class={quiet ? 'sr' : undefined}>{label}</span>
    </label>
  )
}
