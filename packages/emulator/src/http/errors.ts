/** A refused request, with the status and error of Intercom. Routes throw it; the emulator turns it into a response. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    /** Only if Intercom's answer does not have its usual envelope. */
    readonly body?: unknown
  ) {
    super(message)
  }
}

/** Intercom's error envelope (S2.16, schema `error`). */
export const errorList = (requestId: string, code: string, message: string) => ({
  type: 'error.list' as const,
  request_id: requestId,
  errors: [{ code, message }]
})

/** S2.16, every operation. */
export const unauthorized = () => new Refusal(401, 'unauthorized', 'Access Token Invalid')

/** S2.16, POST /companies: an unknown top-level parameter. */
export const badParameter = (name: string) => new Refusal(400, 'bad_request', `bad '${name}' parameter`)

export const parameterInvalid = (message: string) => new Refusal(400, 'parameter_invalid', message)

/** FIX: GET of an archived, deleted or unknown contact. */
export const contactNotFound = () => new Refusal(404, 'not_found', 'User Not Found')

/** S2.16, GET /companies. */
export const companyNotFound = () => new Refusal(404, 'company_not_found', 'Company Not Found')

/** S2.16: a tag, note, admin or subscription type that does not exist. */
export const resourceNotFound = () => new Refusal(404, 'not_found', 'Resource Not Found')

/** AMP: broken JSON is answered without Intercom's envelope. The text after the colon is the parser's. */
export const brokenJson = (reason: string) => {
  const message = `There was a problem in the JSON you submitted: ${reason}`
  return new Refusal(400, 'parameter_invalid', message, {}, { status: 400, error: message })
}

/** AMP: this envelope has no request_id. */
export const notAcceptable = () => {
  const [code, message] = [
    'media_type_not_acceptable',
    'The Accept header should send a media type of application/json'
  ]
  return new Refusal(406, code, message, {}, { type: 'error.list', errors: [{ code, message }] })
}

/** An address without a resource, such as one with an empty segment. */
export const addressNotFound = () => new Refusal(404, 'not_found', 'Resource Not Found')

/** S2.16, GET /contacts/{id}: from 2.16 on; older versions answer 404. */
export const contactMerged = (into: string) =>
  new Refusal(410, 'contact_merged', "This contact has been merged. See the 'Link' header for the canonical contact.", {
    Link: `</contacts/${into}>; rel="canonical"`
  })

/** DEV:2.3 create-contact (live) and FIX (archived; a deleted contact gets the archived text too). */
export const contactConflict = (id: string, live: boolean) =>
  new Refusal(
    409,
    'conflict',
    `${live ? 'A' : 'An archived'} contact matching those details already exists with id=${id}`
  )

/** Not an answer of Intercom: the emulator does not know the operation, and must not pretend success. */
export const notEmulated = (what: string) => new Refusal(501, 'not_emulated', `The emulator does not know ${what}`)
