import type { EmulatorState } from '@intercom-destinations/emulator'

/** How many things of each kind a workspace contains. */
export interface WorkspaceCounts {
  readonly users: number
  readonly leads: number
  readonly companies: number
  /** How many times a contact belongs to a company. */
  readonly attachments: number
  readonly events: number
  readonly tags: number
}

/** Counts what an emulator contains. */
export function toWorkspaceCounts({ contacts, companies, events, tags }: EmulatorState): WorkspaceCounts {
  const active = contacts.filter(({ status }) => status === 'active')
  return {
    users: active.filter(({ role }) => role === 'user').length,
    leads: active.filter(({ role }) => role === 'lead').length,
    companies: companies.length,
    attachments: active.reduce((sum, { companyIds }) => sum + companyIds.length, 0),
    events: events.length,
    tags: tags.length
  }
}
