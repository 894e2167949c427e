import type { Route } from '../routes/route'

export interface Match {
  route: Route
  params: ReadonlyMap<string, string>
}

const PARAM = /^\{(.+)\}$/

const split = (path: string) => path.split('/').slice(1)

/** Literal segments win over `{params}`, from the left: /contacts/search is not the contact "search". */
const rank = (segments: readonly string[]) => segments.map((segment) => (PARAM.test(segment) ? '1' : '0')).join('')

/** Decodes a segment; returns it unchanged if its percent-encoding is not valid. */
const decoded = (segment: string) => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

const paramsOf = (pattern: readonly string[], segments: readonly string[]): Map<string, string> | undefined => {
  if (pattern.length !== segments.length) return undefined
  const params = new Map<string, string>()
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? ''
    const name = PARAM.exec(part)?.[1]
    if (name === undefined ? part !== segment : segment === '') return undefined
    if (name !== undefined) params.set(name, decoded(segment))
  }
  return params
}

/** Returns a function that finds the route of a method and a path. */
export const createRouter = (routes: readonly Route[]) => {
  const table = routes
    .map((route) => {
      const [method = '', path = ''] = route.operation.split(' ')
      const pattern = split(path)
      return { route, method, pattern, rank: rank(pattern) }
    })
    .sort((a, b) => a.rank.localeCompare(b.rank))
  return (method: string, path: string): Match | undefined => {
    const segments = split(path)
    for (const entry of table) {
      if (entry.method !== method) continue
      const params = paramsOf(entry.pattern, segments)
      if (params) return { route: entry.route, params }
    }
    return undefined
  }
}
