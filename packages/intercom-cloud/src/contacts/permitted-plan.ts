import type { CallContext } from '../state/call-context'
import { findContactByExternalId } from './find-contact'
import { PersonSkipped } from './sync-mode'
import { toExternalId, type UpsertPlan, type UpsertTarget } from './upsert-plan'

/** The plan, if the mode of the mapping allows it. Throws `PersonSkipped` if it does not. */
export async function toPermittedPlan(
  context: CallContext,
  write: UpsertTarget,
  plan: UpsertPlan
): Promise<UpsertPlan> {
  const { kind } = plan.attempt
  if (write.mode === 'add') {
    if (kind === 'update') throw new PersonSkipped('already-in-intercom')
    return { ...plan, leads: [] }
  }
  if (write.mode !== 'update' || kind === 'update') return plan
  const external_id = toExternalId(write)
  const contact = external_id === undefined ? undefined : await findContactByExternalId(context, external_id)
  if (!contact) throw new PersonSkipped('not-in-intercom')
  return { ...plan, attempt: { kind: 'update', contact } }
}
