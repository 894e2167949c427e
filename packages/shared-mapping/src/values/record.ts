declare const blank: unique symbol

/** A text of nothing but white space, or of nothing at all. Told by `isAbsent`. */
export type Blank = string & { readonly [blank]: true }

/** Values that no field reads as something: blank text is how Segment's forms and batches say "nothing". */
export function isAbsent(value: unknown): value is undefined | null | Blank {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

/** An object with names and values: no list, no `Date`, and no `Map`, whose content its own fields do not show. */
function isRecordLike(value: unknown): value is object {
  try {
    return Object.prototype.toString.call(value) === '[object Object]'
  } catch {
    return false
  }
}

/**
 * A shallow copy of the object's own fields; a key such as `__proto__` is a field like any other in it.
 * A getter that throws is a key that is not there. Not an object: `undefined`.
 */
export function toRecord(value: unknown): Record<string, unknown> | undefined {
  if (!isRecordLike(value)) return undefined
  const readable = toKeys(value).map((key): [string, unknown] => [key, toProperty(value, key)])
  return Object.fromEntries(readable.filter(([, read]) => read !== undefined))
}

/** The items of a list, one by one for the same reason: a hostile getter costs its own item only. */
export function toItems(value: readonly unknown[]): unknown[] {
  return Array.from({ length: value.length }, (_, index) => toProperty(value, String(index)))
}

/** The same fields without those that are `undefined`, so that a body says only what it means. */
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

function toProperty(value: object, key: string): unknown {
  try {
    return Reflect.get(value, key)
  } catch {
    return undefined
  }
}
