// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * The company that the group call is about.
   */
  company: {
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
   * What happens to objects and lists in the custom attributes, which Intercom does not store: leave them out and report it; flatten them, so that `address: { city }` becomes `address_city`, three levels deep, and a list of texts one text; or store them as JSON of up to 255 characters. On a web page each new name becomes an attribute of the workspace for good, of 250.
   */
  nested_values?: string
  /**
   * Hide the round button that opens the Messenger.
   */
  hide_default_launcher?: boolean
}
