import { readFileSync } from 'node:fs'

/** A JSON file that holds an object. */
export function readJson(file: string): Record<string, unknown> {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (typeof value !== 'object' || value === null) throw new TypeError(`${file} holds no object`)
  return { ...value }
}
