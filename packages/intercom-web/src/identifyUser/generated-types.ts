// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * Your own id for the person. Intercom calls it the external ID.
   */
  user_id?: string
  /**
   * Everything else that is known about the person: texts, numbers, true or false. From a whole object such as `$.traits`, values that have their own field are removed; a name that you map yourself is stored under that name.
   */
  custom_traits?: {
    [k: string]: unknown
  }
  /**
   * The full name of the person. If it is missing, first and last name from the custom traits are combined; one of the two alone never renames a person.
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
   * The language of the Messenger for this person, instead of the browser's.
   */
  language_override?: string
  /**
   * The e-mail address of the person. A text that is not an address is left out; the rest is still sent.
   */
  email?: string
  /**
   * When the person signed up with you: ISO 8601 (UTC if no zone is given) or Unix seconds.
   */
  created_at?: string | number
  /**
   * The web address of a picture of the person. It starts with http:// or https://. From an object such as `{ image_url }` the address is used.
   */
  avatar_image_url?: string
  /**
   * The HMAC that your server computes from the user id, for Intercom’s identity verification. It is sent with the user id and never stored as an attribute.
   */
  user_hash?: string
  /**
   * The JWT that your server creates for the person, for Intercom’s identity verification. It is sent with the user id and never stored as an attribute.
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
     * The name of the company. If it is missing, a company that has a name keeps it.
     */
    name: string
    /**
     * When the company became your customer: ISO 8601 (UTC if no zone is given) or Unix seconds.
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
     * Everything else that is known about the company: texts, numbers, true or false. From a whole object such as `$.traits`, values that have their own field are removed; a name that you map yourself is stored under that name.
     */
    company_custom_traits?: {
      [k: string]: unknown
    }
    /**
     * If true, the person is detached from this company.
     */
    remove?: boolean
  }
  /**
   * The companies that the person belongs to, if there are several.
   */
  companies?: {
    /**
     * Your own id for the company. Intercom never lets it change.
     */
    company_id: string
    /**
     * The name of the company. If it is missing, a company that has a name keeps it.
     */
    name: string
    /**
     * When the company became your customer: ISO 8601 (UTC if no zone is given) or Unix seconds.
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
     * Everything else that is known about the company: texts, numbers, true or false. From a whole object such as `$.traits`, values that have their own field are removed; a name that you map yourself is stored under that name.
     */
    company_custom_traits?: {
      [k: string]: unknown
    }
    /**
     * If true, the person is detached from this company.
     */
    remove?: boolean
  }[]
  /**
   * Hide the round button that opens the Messenger.
   */
  hide_default_launcher?: boolean
  /**
   * Lets Intercom process an update that contains only the identity of the person. If it is not mapped, it is added to exactly those updates.
   */
  last_request_at?: string | number
  /**
   * What happens to objects and lists in the custom attributes, which Intercom does not store: leave them out and report it; flatten them, so that `address: { city }` becomes `address_city`, three levels deep, and a list of texts one text; or store them as JSON of up to 255 characters. On a web page each new name becomes an attribute of the workspace for good, of 250.
   */
  nested_values?: string
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
