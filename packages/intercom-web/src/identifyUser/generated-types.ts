// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * Your own id for the person. Intercom calls it the external ID.
   */
  user_id?: string
  /**
   * Everything else that is known about the person: texts, numbers, true or false. Of a whole object such as `$.traits`, what has a field of its own is taken out; a name that you pick yourself is written as you say.
   */
  custom_traits?: {
    [k: string]: unknown
  }
  /**
   * The full name of the person. When it is missing, first and last name from the custom traits are put together; one of the two alone never renames a person.
   */
  name?: string
  /**
   * The phone number of the person.
   */
  phone?: string
  /**
   * Whether the person has unsubscribed from your e-mails.
   */
  unsubscribed_from_emails?: boolean
  /**
   * The language in which the Messenger speaks to this person, instead of the browser's.
   */
  language_override?: string
  /**
   * The e-mail address of the person. A text that is no address is left out; the rest still arrives.
   */
  email?: string
  /**
   * When the person signed up with you: ISO 8601 (UTC when no zone is given) or Unix seconds.
   */
  created_at?: string | number
  /**
   * The web address of a picture of the person. It starts with http:// or https://. Of an object such as `{ image_url }` the address is taken.
   */
  avatar_image_url?: string
  /**
   * The HMAC that your server makes of the user id, for Intercom’s identity verification. It is sent with the user id and never stored as an attribute.
   */
  user_hash?: string
  /**
   * The JWT that your server makes for the person, for Intercom’s identity verification. It is sent with the user id and never stored as an attribute.
   */
  intercom_user_jwt?: string
  /**
   * The company that the person belongs to.
   */
  company?: {
    /**
     * Your own id for the company. Intercom never lets it change.
     */
    company_id: string
    /**
     * The name of the company. When it is missing, a company that has a name keeps it.
     */
    name: string
    /**
     * When the company became your customer: ISO 8601 (UTC when no zone is given) or Unix seconds.
     */
    created_at?: string | number
    /**
     * The plan that the company is on.
     */
    plan?: string
    /**
     * How much the company pays you a month. Intercom keeps whole numbers, so fractions are rounded.
     */
    monthly_spend?: number
    /**
     * How many people work there: one whole number, not a range.
     */
    size?: number
    /**
     * The company's web site.
     */
    website?: string
    /**
     * The industry that the company works in.
     */
    industry?: string
    /**
     * Everything else that is known about the company: texts, numbers, true or false. Of a whole object such as `$.traits`, what has a field of its own is taken out; a name that you pick yourself is written as you say.
     */
    company_custom_traits?: {
      [k: string]: unknown
    }
    /**
     * When true, the person is taken out of this company.
     */
    remove?: boolean
  }
  /**
   * The companies that the person belongs to, when there are several.
   */
  companies?: {
    /**
     * Your own id for the company. Intercom never lets it change.
     */
    company_id: string
    /**
     * The name of the company. When it is missing, a company that has a name keeps it.
     */
    name: string
    /**
     * When the company became your customer: ISO 8601 (UTC when no zone is given) or Unix seconds.
     */
    created_at?: string | number
    /**
     * The plan that the company is on.
     */
    plan?: string
    /**
     * How much the company pays you a month. Intercom keeps whole numbers, so fractions are rounded.
     */
    monthly_spend?: number
    /**
     * How many people work there: one whole number, not a range.
     */
    size?: number
    /**
     * The company's web site.
     */
    website?: string
    /**
     * The industry that the company works in.
     */
    industry?: string
    /**
     * Everything else that is known about the company: texts, numbers, true or false. Of a whole object such as `$.traits`, what has a field of its own is taken out; a name that you pick yourself is written as you say.
     */
    company_custom_traits?: {
      [k: string]: unknown
    }
    /**
     * When true, the person is taken out of this company.
     */
    remove?: boolean
  }[]
  /**
   * Hide the round button that opens the Messenger.
   */
  hide_default_launcher?: boolean
  /**
   * Lets Intercom notice an update that carries nothing but who the person is. When this is not mapped we add it to exactly those updates.
   */
  last_request_at?: string | number
  /**
   * Store the device, system and app of the event with the custom attributes.
   */
  include_context?: boolean
  /**
   * What is stored when the device and app are included.
   */
  context_attributes?: {
    [k: string]: unknown
  }
}
