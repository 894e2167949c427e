import { useEffect } from 'preact/hooks'

/** Scrolls a newly opened view to its top and focuses it. */
export function useStartAtTop(): void {
  useEffect(() => {
    scrollTo(0, 0)
    document.getElementById('main')?.focus({ preventScroll: true })
  }, [])
}
