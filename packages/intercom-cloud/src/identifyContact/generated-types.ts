// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * Whether the person is one of your users or still a lead. Automatic makes a person with an External ID a user, and one with an address only a lead; the lead becomes the user as soon as both come together. A person who is already a user stays a user.
   */
  role: string
  /**
   * Your own id for the person. Leads do not have one: Intercom assigns them ids of its own.
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
   * The e-mail address of the person. A text that is not an address is left out; the rest is still sent.
   */
  email?: string
  /**
   * The phone number of the person.
   */
  phone?: string
  /**
   * The full name of the person. If it is missing, first and last name from the custom traits are combined; one of the two alone never renames a person.
   */
  name?: string
  /**
   * The web address of a picture of the person. It starts with http:// or https://. From an object such as `{ image_url }` the address is used.
   */
  avatar?: string
  /**
   * When the person signed up with you: ISO 8601 (UTC if no zone is given) or Unix seconds.
   */
  signed_up_at?: string
  /**
   * When the person was last active with you.
   */
  last_seen_at?: string
  /**
   * The id of the teammate who owns this person in Intercom. It is an admin's numeric id.
   */
  owner_id?: string
  /**
   * The address of the teammate who owns this person in Intercom. It is used if Owner is empty. The teammates are read once in ten minutes.
   */
  owner_email?: string
  /**
   * Whether the person has unsubscribed from your e-mails.
   */
  unsubscribed_from_emails?: string
  /**
   * Everything else that is known about the person: texts, numbers, true or false. From a whole object such as `$.traits`, values that have their own field are removed; a name that you map yourself is stored under that name.
   */
  custom_attributes?: {
    [k: string]: unknown
  }
  /**
   * What happens to objects and lists in the custom attributes, which Intercom does not store: leave them out and report it; flatten them, so that `address: { city }` becomes `address_city`, three levels deep, and a list of texts one text; or store them as JSON of up to 255 characters. On a web page each new name becomes an attribute of the workspace for good, of 250.
   */
  nested_values?: string
  /**
   * The companies in the traits of the person: one as `company`, several as `companies`. Each is stored and attached; one with `remove: true` is detached.
   */
  company_traits?: {
    [k: string]: unknown
  }
  /**
   * Store the device, system and app of the event with the custom attributes.
   */
  include_context?: string
  /**
   * What is stored when the device and app are included.
   */
  context_attributes?: {
    [k: string]: unknown
  }
  /**
   * Whether this event shows that the person is active. If false, "last seen" does not change.
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
   * What the person decided about kinds of messages: for the id or the name of a subscription type, opt_in or opt_out. It is stored where it differs from the default of the type. Unsubscribed From Emails stays the switch for all e-mails.
   */
  subscriptions?: {
    [k: string]: unknown
  }
  /**
   * Whether the user takes over the visitor that the Messenger knew before, with the conversations. It costs one more call for each user and visitor.
   */
  convert_visitor?: string
  /**
   * The id of the Messenger’s visitor, which Intercom('getVisitorId') returns on a page. Send it in the context of the identify call.
   */
  visitor_id?: string
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
