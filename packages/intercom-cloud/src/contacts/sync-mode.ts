import { toRecord, type LossReason } from '@intercom-destinations/shared-mapping'

/** Whether people are created and updated, only updated, or only created. */
export type SyncMode = 'upsert' | 'update' | 'add'

/** Where Segment saves the mode of an action, beside the fields (actions-core, `destination-kit/action.ts`). */
export const SYNC_MODE_KEY = '__segment_internal_sync_mode'

/** The mode of a saved mapping. One without a mode, and with one that the action does not offer, creates and updates. */
export function toSyncMode(mapping: unknown): SyncMode {
  const mode = toRecord(mapping)?.[SYNC_MODE_KEY]
  return mode === 'update' || mode === 'add' ? mode : 'upsert'
}

/** The mode of the mapping leaves the person alone. */
export class PersonSkipped extends Error {
  constructor(readonly reason: LossReason & ('not-in-intercom' | 'already-in-intercom')) {
    super(reason)
  }
}
