import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { FieldCard, Half, Json, JsonObject, Problem } from '../../contract'

/** The context of the fields of an opened mapping. */
export interface Editing {
  readonly half: Half
  readonly action: string
  readonly fields: Readonly<Record<string, FieldCard>>
  readonly mapping: JsonObject
  /** With paths relative to the row: `mapping.event_name`. */
  readonly problems: readonly Problem[]
  /** The problems that the form finds, with the same paths. */
  readonly unfinished: readonly Problem[]
  /** The mapping's result for the sample. */
  readonly payload: JsonObject | undefined
  readonly rowKey: string
}

export const EditingContext = createContext<Editing | undefined>(undefined)

export function useEditing(): Editing {
  const editing = useContext(EditingContext)
  if (!editing) throw new Error('A field stands outside of a mapping')
  return editing
}

/** The id of the datalist with the paths of the sample. */
export const PATHS_LIST = 'event-paths'

/** The value in a payload under the keys of nested fields. */
export function payloadAt(payload: Json | undefined, keys: readonly string[]): Json | undefined {
  let value = payload
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key))
      return undefined
    value = Object.entries(value).find(([one]) => one === key)?.[1]
  }
  return value
}
