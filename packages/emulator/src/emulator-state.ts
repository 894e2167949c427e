import type { Company, Contact, DataAttribute, DataEvent, Note, Tag, Visitor } from './model/entities'
import type { Store, StoreVersion } from './model/store'

/** Read-only views of the workspace. Archived, deleted and merged contacts are included, with their status. */
export interface EmulatorState {
  readonly contacts: readonly Contact[]
  readonly companies: readonly Company[]
  readonly events: readonly DataEvent[]
  readonly tags: readonly Tag[]
  readonly dataAttributes: readonly DataAttribute[]
  readonly notes: readonly Note[]
  readonly visitors: readonly Visitor[]
  /** The lists as they are now: it costs no copy, and later changes leave it alone. */
  readonly version: () => StoreVersion
}

/** Reads from the store that `currentStore` returns at the time of access, so that the view survives a reset. */
export const createStateView = (currentStore: () => Store): EmulatorState => ({
  get contacts() {
    return currentStore().contacts
  },
  get companies() {
    return currentStore().companies
  },
  get events() {
    return currentStore().eventLog.events
  },
  get tags() {
    return currentStore().tags
  },
  get dataAttributes() {
    return currentStore().attributes
  },
  get notes() {
    return currentStore().notes
  },
  get visitors() {
    return currentStore().visitors
  },
  version: () => currentStore().version()
})
