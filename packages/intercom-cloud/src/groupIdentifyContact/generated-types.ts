// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * Your own id for the company. Intercom never lets it change.
   */
  company_id: string
  /**
   * The name of the company. If it is missing, a company that has a name keeps it.
   */
  name?: string
  /**
   * When the company became your customer: ISO 8601 (UTC if no zone is given) or Unix seconds.
   */
  remote_created_at?: string
  /**
   * The plan that the company is on.
   */
  plan?: string
  /**
   * How much the company pays you a month. Intercom keeps whole numbers, so fractions are rounded.
   */
  monthly_spend?: string
  /**
   * How many people work there: one whole number, not a range.
   */
  size?: string
  /**
   * The company's web site.
   */
  website?: string
  /**
   * The industry that the company works in.
   */
  industry?: string
  /**
   * Everything else that is known about the company: texts, numbers, true or false. From a whole object such as `$.traits`, values that have their own field are removed; a name that you map yourself is stored under that name.
   */
  custom_attributes?: {
    [k: string]: unknown
  }
  /**
   * What happens to objects and lists in the custom attributes, which Intercom does not store: leave them out and report it; flatten them, so that `address: { city }` becomes `address_city`, three levels deep, and a list of texts one text; or store them as JSON of up to 255 characters. On a web page each new name becomes an attribute of the workspace for good, of 250.
   */
  nested_values?: string
  /**
   * Your own id of the person who belongs to the company.
   */
  external_id?: string
  /**
   * Whether a person without a user ID is stored as a user whose External ID is the anonymous ID. When the user ID comes, that user is renamed. If Intercom has a user with the user ID already, the two stay apart: Intercom cannot merge users.
   */
  use_anonymous_id?: string
  /**
   * Your id of a person who has not told who they are. It is used where there is no user ID.
   */
  anonymous_id?: string
  /**
   * The e-mail address of the person who belongs to the company. It is not taken from the traits of the group call, because those are the company’s own.
   */
  email?: string
  /**
   * Intercom’s own id of the contact to attach to the company. If it is given, External ID and Email Address are not used.
   */
  contact_id?: string
  /**
   * Whether this event shows the company being active. When true, Intercom sets the company’s "last seen" to now; an event older than 15 minutes does not.
   */
  active?: string
  /**
   * What happens to a custom attribute that the workspace does not have: leave it out and report it, create it with a type guessed from its value, or refuse the event.
   */
  unknown_attributes?: string
  /**
   * What happens to a write all of whose values Intercom confirmed a short time ago: it is left out, which saves a call, or it is sent. While it is left out, a value that was changed in Intercom by hand stays as it is.
   */
  unchanged_values?: string
  /**
   * The names of tags to attach. A tag that does not exist is created.
   */
  tags_to_add?: string[]
  /**
   * The names of tags to detach.
   */
  tags_to_remove?: string[]
  /**
   * What happens to tags among the traits: they stay attributes as any other, or they are attached as tags and leave the custom attributes. Tags that the mapping itself adds or removes take precedence.
   */
  tags_from_traits?: string
  /**
   * The traits that hold tags: a list of names, or one text with commas between them. The name beside each only appears in reports.
   */
  tags_in_traits?: {
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
