import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/** What is opened, for the title of the page: an event, a person, a mapping. `''` where nothing is. */
export const subject = signal('')

export function useSubject(name: string): void {
  useEffect(() => {
    subject.value = name
    return () => {
      subject.value = ''
    }
  }, [name])
}
