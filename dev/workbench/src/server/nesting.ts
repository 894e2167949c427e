/** Nobody's event is nested deeper, and what is would be a trap: JSON, clones and checks walk it by recursion. */
const MAX_NESTING = 200

export const TOO_DEEP = `it is nested more than ${MAX_NESTING} levels deep`

/** Whether a value from JSON holds objects or lists in one another beyond the limit. Walks without recursion. */
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
