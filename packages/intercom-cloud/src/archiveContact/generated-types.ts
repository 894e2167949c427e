// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * Archive the contact, or restore it. An archived contact is restored by External ID if there is one, else by the address of a user; an archived lead only by Contact ID. The next identify of an archived user restores the contact, too.
   */
  operation?: string
  /**
   * Your own id of the person. It takes precedence over Email Address.
   */
  external_id?: string
  /**
   * The e-mail address of the person. It is used if there is no External ID, or if no user in Intercom has it.
   */
  email?: string
  /**
   * Intercom’s own id of the person. If it is given, External ID and Email Address are not used.
   */
  contact_id?: string
  /**
   * Let Segment pass several events at once. Each event gets its own result.
   */
  enable_batching?: boolean
  /**
   * The most events that Segment passes at once.
   */
  batch_size?: number
  /**
   * When the event happened. It decides how long we wait for a person who is not in Intercom yet.
   */
  event_time?: string
}
