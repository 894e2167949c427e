import type { Entry } from './source'

/** The problem of a key that is being typed. */
export function findKeyProblem(entries: readonly Entry[], index: number): string | undefined {
  const key = entries[index]?.[0] ?? ''
  if (key === '') return 'Give it a key.'
  if (key.startsWith('@')) return 'Segment reads a key with @ as a directive. Write the whole object as JSON for that.'
  const isTaken = entries.some(([other], at) => at < index && other === key)
  return isTaken ? 'There is this key above already. Only the last one counts.' : undefined
}
