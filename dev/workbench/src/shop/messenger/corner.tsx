import { useEffect, useRef } from 'preact/hooks'
import { callCount, closePanel, failure, isPanelOpen, isRefused, notice, openPanel, view } from './messenger'
import { Panel } from './panel'

const ID = 'messenger-panel'

/** The Messenger in the corner of the page: its launcher or why it is missing, and its data. */
export function Corner() {
  const button = useRef<HTMLButtonElement>(null)
  const corner = useRef<HTMLElement>(null)
  const launcher = view.value?.launcher
  const isMissing = failure.value !== undefined
  const hasLauncher = isMissing || (view.value?.isBooted === true && !launcher?.isHidden)

  useEffect(() => {
    if (!corner.current) return
    const { style, dataset } = corner.current
    dataset.side = launcher?.side ?? 'right'
    style.setProperty('--corner-side', `${launcher?.horizontal ?? 20}px`)
    style.setProperty('--corner-bottom', `${launcher?.vertical ?? 20}px`)
    style.zIndex = String(launcher?.zIndex ?? 20)
    if (button.current) button.current.style.backgroundColor = isMissing ? '' : (launcher?.color ?? '')
  })

  return (
    <aside class="corner" ref={corner} aria-label="Messenger stand-in">
      <p class="corner-note" role="status">
        {isPanelOpen.value ? '' : notice}
      </p>
      {isPanelOpen.value && <Panel id={ID} onClose={closePanel} />}
      {hasLauncher && (
        <button
          ref={button}
          type="button"
          class={`launcher${isMissing ? ' is-missing' : ''}`}
          aria-expanded={isPanelOpen.value}
          aria-controls={ID}
          aria-label={
            isMissing
              ? 'The Messenger is missing: see why'
              : `Messenger stand-in, ${callCount.value} ${callCount.value === 1 ? 'call' : 'calls'}`
          }
          onClick={() => {
            if (isPanelOpen.value) closePanel()
            else openPanel()
          }}
        >
          {isMissing ? <MissingFace /> : <Face />}
          {!isMissing && (
            <span class={`launcher-count${isRefused.value ? ' is-refused' : ''}`} aria-hidden="true">
              {callCount.value}
            </span>
          )}
        </button>
      )}
    </aside>
  )
}

const Face = () => (
  <svg viewBox="0 0 28 28" aria-hidden="true">
    <path
      d="M6 5h16a2 2 0 0 1 2 2v17l-4.5-3H6a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2Z"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linejoin="round"
    />
    <path d="M9 15.5c3 2.4 7 2.4 10 0" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
  </svg>
)

const MissingFace = () => (
  <svg viewBox="0 0 28 28" aria-hidden="true">
    <path d="M14 7v8M14 20v.5" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" />
  </svg>
)
