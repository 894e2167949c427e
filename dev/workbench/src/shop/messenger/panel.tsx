import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { callCount, calls, failure, isRefused, losses, notice, view } from './messenger'

const SHOWN_CALLS = 12

const WAY_TO_PROVE =
  'Switch on “Secured Workspace” in the web destination’s settings, reload the shop, and tick the proof on the account page.'

interface PanelProps {
  readonly id: string
  readonly onClose: () => void
}

/** The calls to the Messenger and its data. All values are shown as text. */
export function Panel({ id, onClose }: PanelProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  // A layout effect, so that the panel has the focus before an early Escape.
  useLayoutEffect(() => {
    heading.current?.focus()
  }, [])
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'Escape') onClose()
  }
  return (
    <div id={id} class="panel" role="dialog" aria-labelledby={`${id}-title`} onKeyDown={onKeyDown}>
      <header class="panel-head">
        <h2 id={`${id}-title`} ref={heading} tabIndex={-1}>
          Messenger stand-in
        </h2>
        <button type="button" class="panel-close" aria-label="Close" onClick={onClose}>
          ×
        </button>
      </header>
      <div class="panel-body">
        <Notices />
        <Visitor />
        <Losses />
        <Calls />
      </div>
    </div>
  )
}

function Notices() {
  const problems = view.value?.problems ?? []
  return (
    <>
      {notice.value !== '' && (
        <p class="panel-notice">
          <strong>{notice}.</strong> {failure.value}
          {isRefused.value && `It holds nothing of what the refused call says. ${WAY_TO_PROVE}`}
        </p>
      )}
      {problems.length > 0 && (
        <Section title="Problems">
          <ul class="panel-problems">
            {problems.map((problem, index) => (
              <li key={index}>{problem}</li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

function Visitor() {
  const shown = view.value
  if (!shown) {
    if (failure.value !== undefined) return null
    return <p class="panel-empty">No Messenger: its script has not loaded, or the web destination is off.</p>
  }
  if (!shown.isBooted) return <p class="panel-empty">The Messenger is shut down.</p>
  return (
    <>
      <Section title="Takes the visitor for">
        {shown.person.length === 0 ? <p class="panel-empty">An anonymous visitor.</p> : <Pairs pairs={shown.person} />}
      </Section>
      {shown.attributes.length > 0 && (
        <Section title="Attributes">
          <Pairs pairs={shown.attributes} />
        </Section>
      )}
    </>
  )
}

function Calls() {
  const count = callCount.value
  if (count === 0) return null
  const latest = [...calls.value].reverse().slice(0, SHOWN_CALLS)
  return (
    <Section title={count > latest.length ? `Last ${latest.length} of ${count} calls` : 'Calls, newest first'}>
      <ol class="panel-calls">
        {latest.map(({ number, name, body, isRefused: isKeptOut }) => (
          <li key={number} class={isKeptOut ? 'is-refused' : undefined}>
            <code class="panel-call">
              {name}
              {isKeptOut && <span class="panel-mark">refused</span>}
            </code>
            {body !== '' && <pre tabIndex={0}>{body}</pre>}
          </li>
        ))}
      </ol>
    </Section>
  )
}

function Losses() {
  const lost = losses.value.filter(({ isDoubtful }) => !isDoubtful)
  const doubtful = losses.value.filter(({ isDoubtful }) => isDoubtful)
  return (
    <>
      <LossSection title="Left out by the destination" lines={lost} />
      <LossSection title="Sent with a doubt" lines={doubtful} />
    </>
  )
}

function LossSection({ title, lines }: { readonly title: string; readonly lines: typeof losses.value }) {
  if (lines.length === 0) return null
  return (
    <Section title={title}>
      <ul class="panel-losses">
        {[...lines].reverse().map(({ number, path, reason }) => (
          <li key={number}>
            <code>{path}</code>: {reason}
          </li>
        ))}
      </ul>
    </Section>
  )
}

const Section = ({ title, children }: { readonly title: string; readonly children: ComponentChildren }) => (
  <section class="panel-section">
    <h3>{title}</h3>
    {children}
  </section>
)

const Pairs = ({ pairs }: { readonly pairs: readonly (readonly [string, string])[] }) => (
  <dl class="panel-pairs">
    {pairs.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)
