import { signal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'

/** The opened event, person or mapping, for the title of the page; `''` without one. */
export const subject = signal('')

export function useSubject(name: string): void {
  useLayoutEffect(() => {
    subject.value = name
    return () => {
      subject.value = ''
    }
  }, [name])
}
