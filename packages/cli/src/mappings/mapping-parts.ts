import { isJsonObject } from '@intercom-destinations/delivery'

/** The names that an object of a mapping gives its values, without directives. */
export const toPickedNames = (value: unknown): string[] =>
  isJsonObject(value) ? Object.keys(value).filter((key) => !key.startsWith('@')) : []

/** The paths that a part of a mapping reads. */
export function toPaths(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(toPaths)
  if (!isJsonObject(value)) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '@path' && typeof inner === 'string' ? [inner] : toPaths(inner)
  )
}
