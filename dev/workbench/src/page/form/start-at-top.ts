import { useEffect } from 'preact/hooks'

/** A view that opens another one begins at its top, for eyes and for a keyboard. */
export function useStartAtTop(): void {
  useEffect(() => {
    scrollTo(0, 0)
    document.getElementById('main')?.focus({ preventScroll: true })
  }, [])
}
