export interface Fields {
  readonly [name: string]: unknown
}

/** The fields of an object that came from elsewhere; none of anything else. */
export const toFields = (value: unknown): Fields => (isObject(value) ? value : {})

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null
