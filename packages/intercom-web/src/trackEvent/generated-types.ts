// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * The name of the event. Intercom stores 120 different names for each workspace, so do not put ids or dates into names.
   */
  event_name: string
  /**
   * The revenue of the event, in units of the currency: 19.99, not 1999. With the currency it becomes the price of the event in Intercom.
   */
  revenue?: number
  /**
   * The three letters of the currency of the revenue. USD if it is missing.
   */
  currency?: string
  /**
   * More about the event: up to twenty texts, numbers, rich links `{ url, value }` and amounts `{ amount, currency }`. Intercom may keep only the first ten: the price goes first, then rich links, then the others as they were sent. Whatever does not fit is left out and reported.
   */
  event_metadata?: {
    [k: string]: unknown
  }
  /**
   * What happens to objects and lists in the metadata, which Intercom does not store: leave them out and report it; flatten them, so that `cart: { items }` becomes `cart_items`, three levels deep, and a list of texts one text; or store them as JSON of up to 255 characters. Rich links and amounts stay whole. The keys count afterwards, twenty at most.
   */
  nested_values?: string
}
