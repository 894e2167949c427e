import type { Contact } from './api'
import { IntercomFailure } from './failure'
import type { Session } from './session'

/** One contact is left, with the history of all. */
export async function mergeLeads({ api, memory }: Session, leads: readonly Contact[], user: Contact): Promise<void> {
  for (const id of new Set(leads.map((lead) => lead.id))) {
    if (id === user.id) continue
    try {
      await api.mergeContacts(id, user.id)
    } catch (thrown) {
      // Gone already, or no lead any more.
      if (!(thrown instanceof IntercomFailure) || !(thrown.has(404) || thrown.has(410) || thrown.has(400))) throw thrown
    }
    memory.forgetPerson(id)
  }
}

/** A contact that was merged away is found under the id that Intercom's answer names; followed once. */
export async function followMerged<T>(id: string, call: (id: string) => Promise<T>): Promise<T> {
  try {
    return await call(id)
  } catch (thrown) {
    if (!(thrown instanceof IntercomFailure) || !thrown.has(410) || thrown.facts.canonicalId === undefined) throw thrown
    return call(thrown.facts.canonicalId)
  }
}
