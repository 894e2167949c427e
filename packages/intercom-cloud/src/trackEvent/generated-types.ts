// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * The name of the event. Intercom stores 120 different names for each workspace, so do not put ids or dates into names.
   */
  event_name: string
  /**
   * When the event happened: ISO 8601 or another common form (UTC when no zone is given), or Unix seconds.
   */
  created_at: string | number
  /**
   * Your own id of the person. Intercom calls it the external ID. It goes before Email Address.
   */
  user_id?: string
  /**
   * The e-mail address of the person. It is used when there is neither a Contact ID nor a User ID, and is no part of the metadata.
   */
  email?: string
  /**
   * Intercom’s own id of the person. It goes before User ID and Email Address, and is the only way to a lead without an address.
   */
  id?: string
  /**
   * What the event earned, in units of the currency: 19.99, not 1999. With the currency it becomes the price of the event in Intercom.
   */
  revenue?: string
  /**
   * The three letters of the currency of the revenue. USD when it is missing.
   */
  currency?: string
  /**
   * More about the event: up to twenty texts, numbers, rich links `{ url, value }` and amounts `{ amount, currency }`. Intercom may keep only the first ten: the price goes first, then rich links, then the others as they were sent. Whatever does not fit is left out and named.
   */
  metadata?: {
    [k: string]: unknown
  }
  /**
   * What happens to an event of a person whom Intercom does not know: try again for 15 minutes because the identify may be on its way, create the contact from what identifies it, or fail at once.
   */
  unknown_contact?: string
  /**
   * When there are names here, only events with one of them are sent. Intercom stores 120 different names for each workspace.
   */
  allowed_event_names?: string[]
  /**
   * Let Segment hand over several events at once. Each of them gets a result of its own.
   */
  enable_batching?: boolean
  /**
   * The most events that Segment hands over at once.
   */
  batch_size?: number
  /**
   * When the event happened. It decides how long we wait for a person who is not in Intercom yet.
   */
  event_time?: string
}
