import type { SegmentEvent } from '@segment/actions-core'

/**
 * Events that share one of these keys stay in the order of the file: a person's id, the anonymous id (so that an
 * identify, which carries both, stands between what somebody did before it and after it), a group, and for an alias the
 * id that was used before.
 */
export function toOrderKeys({ userId, anonymousId, groupId, previousId }: SegmentEvent): string[] {
  return [
    ...toKey('user', userId),
    ...toKey('anonymous', anonymousId),
    ...toKey('group', groupId),
    ...toKey('user', previousId)
  ]
}

const toKey = (kind: string, id: unknown): string[] =>
  typeof id === 'string' || typeof id === 'number' ? [`${kind} ${id}`] : []
