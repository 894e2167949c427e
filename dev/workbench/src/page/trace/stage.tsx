import type { ComponentChildren } from 'preact'

interface StageProps {
  readonly step: number
  readonly title: string
  readonly children: ComponentChildren
}

/** A column of a trace. */
export function Stage({ step, title, children }: StageProps) {
  return (
    <section class={`stage stage-${step}`}>
      <h4>
        <span class="step" aria-hidden="true">
          {step}
        </span>{' '}
        {title}
      </h4>
      {children}
    </section>
  )
}
