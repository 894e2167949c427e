import { batch, signal } from '@preact/signals'

/** The current route: the decoded parts of the URL after `#/`. `#/trace/e17?type=track` is `['trace', 'e17']`. */
export const route = signal(readParts())

/** What the URL says about the view beside its place: `type=track`. */
export const query = signal(readQuery())

addEventListener('hashchange', () => {
  batch(() => {
    route.value = readParts()
    query.value = readQuery()
  })
})

function readParts(): readonly string[] {
  const [place = ''] = location.hash.split('?')
  const parts = place.replace(/^#\/?/, '').split('/')
  return parts.map(decode).filter((part) => part !== '')
}

function readQuery(): string {
  const at = location.hash.indexOf('?')
  return at === -1 ? '' : location.hash.slice(at + 1)
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

/** Changes the query of the URL. It is no step back: every letter of a search would be one. */
export function setQuery(next: string): void {
  const [place = ''] = location.hash.split('?')
  if (next === readQuery()) return
  history.replaceState(history.state, '', `${place === '' ? '#/' : place}${next === '' ? '' : `?${next}`}`)
  query.value = next
}
