import { useState } from 'preact/hooks'

const SAID_FOR_MS = 2000

/** Copies a text to the clipboard and confirms it. */
export function CopyButton({ label, text }: { readonly label: string; readonly text: () => string }) {
  const [said, say] = useState('')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text())
      say('Copied')
    } catch {
      say('The browser does not allow copying')
    }
    setTimeout(() => {
      say('')
    }, SAID_FOR_MS)
  }
  return (
    <button type="button" class="small" onClick={() => void copy()}>
      <span aria-live="polite">{said === '' ? label : said}</span>
    </button>
  )
}
