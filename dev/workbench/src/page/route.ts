import { signal } from '@preact/signals'

/** Where the page is: the parts of the address after `#/`, decoded. `#/trace/e17` is `['trace', 'e17']`. */
export const route = signal(read())

addEventListener('hashchange', () => {
  route.value = read()
})

function read(): readonly string[] {
  const parts = location.hash.replace(/^#\/?/, '').split('/')
  return parts.map(decode).filter((part) => part !== '')
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** An address within the page, to be written into a link. */
export const linkTo = (...parts: readonly string[]): string => `#/${parts.map(encodeURIComponent).join('/')}`

export const goTo = (...parts: readonly string[]): void => {
  location.hash = linkTo(...parts)
}
