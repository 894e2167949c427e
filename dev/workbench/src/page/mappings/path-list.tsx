import type { EventPath } from './event-paths'
import { pickPath, pickTarget } from './path-picking'

/** The paths of the sample, each with its value. A picked path is written into the input that was focused last. */
export function PathList({ paths }: { readonly paths: readonly EventPath[] }) {
  const target = pickTarget.value
  return (
    <>
      <p class="quiet path-hint" aria-live="polite">
        {target === '' ? 'Click into the path of a field, then pick one here.' : `A click writes it into “${target}”.`}
      </p>
      <div class="path-list" role="region" tabIndex={0} aria-label="Values of the sample">
        <ul>
          {paths.map(({ path, text, isWhole }) => (
            <li key={path}>
              <button
                type="button"
                class="plain"
                disabled={target === ''}
                onClick={() => {
                  pickPath(path)
                }}
              >
                <code>{path}</code>
              </button>
              <span class={isWhole ? 'path-value quiet' : 'path-value'}>{text}</span>
            </li>
          ))}
        </ul>
      </div>
    </>
  )
}
