import { isJsonObject } from './json-object'

/** Characters; Segment's own limit for Liquid templates (actions-core, `@liquid`), whose cost grows with the square. */
export const MAX_TEMPLATE_LENGTH = 1000
/** Characters of the mapping as JSON. Mappings of large catalogs have about a tenth of it. */
export const MAX_MAPPING_LENGTH = 100_000
/** Levels of nested objects and lists. */
export const MAX_MAPPING_DEPTH = 50
/** actions-core checks the content of a directive twice, so each level of nested directives doubles the work. */
export const MAX_DIRECTIVE_CHECKS = 10_000
/** Characters of a trigger: the time of Segment's parser for unclosed brackets grows with the square. */
export const MAX_FILTER_LENGTH = 10_000

const TEMPLATE = '@template'

export interface MappingProblem {
  /** The field with the problem, or `''` for the whole mapping. */
  readonly field: string
  /** Continues the name of the field: `holds a template of 40,000 characters; …`. */
  readonly text: string
}

interface Place {
  readonly value: unknown
  readonly field: string
  readonly depth: number
  /** How many directives contain it. */
  readonly directives: number
}

/**
 * Finds what would keep a process busy for minutes or crash it. Call it before a mapping is used: it walks without
 * recursion, and stops at the limits.
 */
export function findMappingProblem(mapping: Readonly<Record<string, unknown>>): MappingProblem | undefined {
  const rest: Place[] = Object.entries(mapping).map(([field, value]) => ({ value, field, depth: 1, directives: 0 }))
  let checks = 0
  for (let place = rest.pop(); place !== undefined; place = rest.pop()) {
    const { value, field, depth, directives } = place
    if (typeof value !== 'object' || value === null) continue
    if (depth > MAX_MAPPING_DEPTH) return { field, text: `is nested more than ${MAX_MAPPING_DEPTH} levels deep` }
    const template: unknown = isJsonObject(value) ? value[TEMPLATE] : undefined
    if (typeof template === 'string' && template.length > MAX_TEMPLATE_LENGTH)
      return {
        field,
        text: `holds a template of ${toAmount(template.length)} characters; the limit is ${toAmount(MAX_TEMPLATE_LENGTH)}`
      }
    const isDirective = Object.keys(value).some((key) => key.startsWith('@'))
    if (isDirective) checks += 2 ** directives
    if (checks > MAX_DIRECTIVE_CHECKS)
      return {
        field,
        text: `holds too many directives within one another: each level doubles the time that Segment needs, and the limit is ${toAmount(MAX_DIRECTIVE_CHECKS)} checks`
      }
    const around = isDirective ? directives + 1 : directives
    for (const inner of Object.values(value)) rest.push({ value: inner, field, depth: depth + 1, directives: around })
  }
  const { length } = JSON.stringify(mapping)
  if (length <= MAX_MAPPING_LENGTH) return undefined
  return {
    field: '',
    text: `is ${toAmount(length)} characters long; the limit is ${toAmount(MAX_MAPPING_LENGTH)}`
  }
}

const toAmount = (count: number): string => count.toLocaleString('en-US')
