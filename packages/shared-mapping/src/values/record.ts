declare const blank: unique symbol

/** An empty text, or one of white space only. Detected by `isAbsent`. */
export type Blank = string & { readonly [blank]: true }

/** `undefined`, `null` or blank text. Segment's forms and batches use blank text for missing values. */
export function isAbsent(value: unknown): value is undefined | null | Blank {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

/** An object with names and values. Lists, `Date` and `Map` are not, because their content is not in their properties. */
export function isRecordLike(value: unknown): value is object {
  try {
    return Object.prototype.toString.call(value) === '[object Object]'
  } catch {
    return false
  }
}

/**
 * A shallow copy of the object's own properties, in which `__proto__` is a normal key. A property whose getter throws is
 * left out. `undefined` for anything but an object.
 */
export function toRecord(value: unknown): Record<string, unknown> | undefined {
  if (!isRecordLike(value)) return undefined
  const properties: [string, unknown][] = []
  for (const key of toKeys(value)) {
    const property = toProperty(value, key)
    if (property !== undefined) properties.push([key, property])
  }
  return Object.fromEntries(properties)
}

/** The items of a list. An item whose getter throws is `undefined`. */
export function toItems(value: readonly unknown[]): unknown[] {
  return Array.from({ length: value.length }, (_, index) => toProperty(value, String(index)))
}

/** The fields that are not `undefined`. */
export function withoutUndefined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> }
export function withoutUndefined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

function toKeys(value: object): string[] {
  try {
    return Object.keys(value)
  } catch {
    return []
  }
}

/** The property of an object; `undefined` if its getter throws. */
export function toProperty(value: object, key: string): unknown {
  try {
    return Reflect.get(value, key)
  } catch {
    return undefined
  }
}
