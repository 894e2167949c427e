import type { Json } from '../../contract'

/** A value as text that can be read and selected. Everything in it is text to the browser, whatever an event holds. */
export function JsonText({ value, label }: { readonly value: Json; readonly label?: string }) {
  return (
    <pre class="json" tabIndex={0} role="region" aria-label={label ?? 'JSON'}>
      <code>{JSON.stringify(value, null, 2)}</code>
    </pre>
  )
}
