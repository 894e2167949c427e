import type { ComponentChildren } from 'preact'
import { HelpText } from './help-text'

interface LabelledFieldProps {
  /** The id of the input. Its help has `{id}-help`, its problem `{id}-wrong`. */
  readonly id: string
  readonly label: string
  readonly help?: string | undefined
  readonly required?: boolean
  readonly problem?: string | undefined
  /** Shown beside the label. */
  readonly aside?: ComponentChildren
  readonly children: ComponentChildren
}

/** A field with its label, its help and its problem. */
export function LabelledField({ id, label, help, required, problem, aside, children }: LabelledFieldProps) {
  return (
    <div class="field">
      <div class="field-head">
        <label for={id}>
          {label}
          {required && (
            <span class="required" title="Required">
              {' '}
              <span aria-hidden="true">*</span>
              <span class="sr">(required)</span>
            </span>
          )}
        </label>
        {aside}
      </div>
      {children}
      <FieldProblem id={id} problem={problem} />
      {help !== undefined && help !== '' && <HelpText id={`${id}-help`} text={help} />}
    </div>
  )
}

export function FieldProblem({ id, problem }: { readonly id: string; readonly problem: string | undefined }) {
  if (problem === undefined) return null
  return (
    <p class="wrong" id={`${id}-wrong`}>
      {problem}
    </p>
  )
}

/** The ids that describe an input to screen readers. */
export function describing(id: string, problem: string | undefined, help?: string) {
  const ids = [problem === undefined ? '' : `${id}-wrong`, help === undefined || help === '' ? '' : `${id}-help`]
  const described = ids.filter((one) => one !== '').join(' ')
  return {
    id,
    ...(problem === undefined ? {} : { 'aria-invalid': true as const }),
    ...(described === '' ? {} : { 'aria-describedby': described })
  }
}
