import { signal } from '@preact/signals'

/** The current route: the decoded parts of the URL after `#/`. `#/trace/e17` is `['trace', 'e17']`. */
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

/** The URL of a route, for links. */
export const linkTo = (...parts: readonly string[]): string => `#/${parts.map(encodeURIComponent).join('/')}`

export const goTo = (...parts: readonly string[]): void => {
  location.hash = linkTo(...parts)
}
