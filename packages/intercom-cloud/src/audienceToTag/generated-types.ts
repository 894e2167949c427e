// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
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
   * The lists of ids that Segment sends with an event of an audience. The user id and the address in them are used where the two fields above are empty.
   */
  external_ids?: {
    [k: string]: unknown
  }
  /**
   * The key of the audience in Segment. The trait or property of this name says who is a member.
   */
  audience_key?: string
  /**
   * The name of the tag. It is created in Intercom if there is none. Without a name, the audience key is used.
   */
  tag_name?: string
  /**
   * What is put before the name of the tag, for example “Segment: ”.
   */
  tag_prefix?: string
  /**
   * Whether the person is in the audience: true attaches the tag, false detaches it. Leave it empty for audiences of Segment Engage, whose events say it; map it for events of other sources.
   */
  membership?: string
  /**
   * What happens to an event of a person who is not in Intercom: try again for 15 minutes because the identify may still arrive, create the contact from its user ID or address, or fail at once.
   */
  unknown_contact?: string
  /**
   * Where the trait or property with the name of the audience key is looked for.
   */
  traits_or_properties?: {
    [k: string]: unknown
  }
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
