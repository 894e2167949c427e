import type { SegmentEvent } from '@segment/actions-core'

/** Events that share a key are delivered in order. */
export interface OrderingKeys {
  /**
   * The user id, the anonymous id and, for an alias, the previous id. An identify carries both ids, so it stays between
   * the events before and after it.
   */
  person: readonly string[]
  /** The group of a group call: its company receives its values in order. */
  group: readonly string[]
}

export function toOrderingKeys({ userId, anonymousId, groupId, previousId }: SegmentEvent): OrderingKeys {
  return {
    person: [...toKey('user', userId), ...toKey('anonymous', anonymousId), ...toKey('user', previousId)],
    group: toKey('group', groupId)
  }
}

const toKey = (kind: string, id: unknown): string[] =>
  typeof id === 'string' || typeof id === 'number' ? [`${kind} ${id}`] : []
