// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * The name of the event. Intercom stores 120 different names for each workspace, so do not put ids or dates into names.
   */
  event_name: string
  /**
   * When the event happened: ISO 8601 or another common form (UTC if no zone is given), or Unix seconds.
   */
  created_at: string | number
  /**
   * Your own id of the person. Intercom calls it the external ID. It takes precedence over Email Address.
   */
  user_id?: string
  /**
   * Whether a person without a user ID is stored as a user whose External ID is the anonymous ID. When the user ID comes, that user is renamed. If Intercom has a user with the user ID already, the two stay apart: Intercom cannot merge users.
   */
  use_anonymous_id?: string
  /**
   * Your id of a person who has not told who they are. It is used where there is no user ID.
   */
  anonymous_id?: string
  /**
   * The e-mail address of the person. It is used if there is neither a Contact ID nor a User ID, and is not part of the metadata.
   */
  email?: string
  /**
   * Intercom’s own id of the person. It takes precedence over User ID and Email Address, and is the only way to reach a lead without an address.
   */
  id?: string
  /**
   * The revenue of the event, in units of the currency: 19.99, not 1999. With the currency it becomes the price of the event in Intercom.
   */
  revenue?: string
  /**
   * The three letters of the currency of the revenue. USD if it is missing.
   */
  currency?: string
  /**
   * More about the event: up to twenty texts, numbers, rich links `{ url, value }` and amounts `{ amount, currency }`. Intercom may keep only the first ten: the price goes first, then rich links, then the others as they were sent. Whatever does not fit is left out and reported.
   */
  metadata?: {
    [k: string]: unknown
  }
  /**
   * What happens to objects and lists in the metadata, which Intercom does not store: leave them out and report it; flatten them, so that `cart: { items }` becomes `cart_items`, three levels deep, and a list of texts one text; or store them as JSON of up to 255 characters. Rich links and amounts stay whole. The keys count afterwards, twenty at most.
   */
  nested_values?: string
  /**
   * What happens to an event of a person who is not in Intercom: try again for 15 minutes because the identify may still arrive, create the contact from its user ID or address, or fail at once.
   */
  unknown_contact?: string
  /**
   * If there are names here, only events with one of them are sent. Intercom stores 120 different names for each workspace.
   */
  allowed_event_names?: string[]
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
