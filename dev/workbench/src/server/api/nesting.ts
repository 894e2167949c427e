/** Real events are less deep, and deeper ones overflow the stack: JSON, clones and checks walk them by recursion. */
const MAX_NESTING = 200

export const TOO_DEEP = `it is nested more than ${MAX_NESTING} levels deep`

/** Whether a JSON value is nested beyond the limit. Works without recursion. */
export function isTooDeep(root: unknown, limit = MAX_NESTING): boolean {
  let level: unknown[] = [root]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true
    level = level.flatMap((value): unknown[] =>
      typeof value === 'object' && value !== null ? Object.values(value).filter(isNest) : []
    )
  }
  return false
}

const isNest = (value: unknown): boolean => typeof value === 'object' && value !== null
