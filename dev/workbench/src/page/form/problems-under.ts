import type { Problem } from '../../contract'

/** The problems at a place and within it, with their paths from there on: `subscriptions[0]` → `mapping.role`. */
export function problemsUnder(problems: readonly Problem[], place: string): readonly Problem[] {
  return problems.flatMap(({ path, message }) => {
    if (path === place) return [{ path: '', message }]
    if (!path.startsWith(place)) return []
    const rest = path.slice(place.length)
    if (rest.startsWith('.')) return [{ path: rest.slice(1), message }]
    return rest.startsWith('[') ? [{ path: rest, message }] : []
  })
}

/** What is said at a place and within it, as one text. */
export function problemAt(problems: readonly Problem[], place: string): string | undefined {
  const found = problemsUnder(problems, place)
  if (found.length === 0) return undefined
  return found.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join(' ')
}
