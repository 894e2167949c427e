/** Whether the properties of a value can be read. Functions count, because definitions may be classes. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  (typeof value === 'object' || typeof value === 'function') && value !== null
