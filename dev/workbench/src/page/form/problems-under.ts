import type { Problem } from '../../contract'

/** The problems at a path and below it, with relative paths: `subscriptions[0]` → `mapping.role`. */
export function problemsUnder(problems: readonly Problem[], place: string): readonly Problem[] {
  return problems.flatMap(({ path, message }) => {
    if (path === place) return [{ path: '', message }]
    if (!path.startsWith(place)) return []
    const rest = path.slice(place.length)
    if (rest.startsWith('.')) return [{ path: rest.slice(1), message }]
    return rest.startsWith('[') ? [{ path: rest, message }] : []
  })
}

/** The messages of the problems at a path and below it, as one text. */
export function problemAt(problems: readonly Problem[], place: string): string | undefined {
  const found = problemsUnder(problems, place)
  if (found.length === 0) return undefined
  return found.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join(' ')
}
