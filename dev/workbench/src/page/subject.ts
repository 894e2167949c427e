import { signal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'

/** What is opened, for the title of the page: an event, a person, a mapping. `''` where nothing is. */
export const subject = signal('')

export function useSubject(name: string): void {
  useLayoutEffect(() => {
    subject.value = name
    return () => {
      subject.value = ''
    }
  }, [name])
}
