import type { Problem } from '../../contract'

/** The mapping kit throws one message with the stack after it: `ValidationError: /metadata has an …`. */
const KIT = /ValidationError: \/([^\s/]+)(?:\/\S*)? ([^\n]+)/
/** The payload check throws the same form for missing fields. */
const MISSING = /missing the required field '([^']+)'/

/** Moves a problem of a whole mapping to the field that its message names, if any. */
export function toFieldProblem(problem: Problem): Problem {
  const { path, message } = problem
  if (path !== 'mapping' && path !== '') return problem
  const [, field, reason] = KIT.exec(message) ?? []
  if (field !== undefined && reason !== undefined) return { path: `mapping.${field}`, message: `This ${reason}` }
  const [, missing] = MISSING.exec(message) ?? []
  if (missing !== undefined)
    return { path: `mapping.${missing}`, message: 'The sample gives nothing for it, and it is needed.' }
  const [line = message] = message.trim().split('\n')
  return { path, message: line }
}
