import { useState } from 'preact/hooks'

const SAID_FOR_MS = 2000

/** Copies a text to the clipboard and confirms it. */
export function CopyButton({ label, text }: { readonly label: string; readonly text: () => string }) {
  const [notice, setNotice] = useState('')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text())
      setNotice('Copied')
    } catch {
      setNotice('The browser does not allow copying')
    }
    setTimeout(() => {
      setNotice('')
    }, SAID_FOR_MS)
  }
  return (
    <button type="button" class="small" onClick={() => void copy()}>
      <span aria-live="polite">{notice === '' ? label : notice}</span>
    </button>
  )
}
