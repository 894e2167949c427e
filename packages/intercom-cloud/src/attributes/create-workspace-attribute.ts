import type { RequestClient } from '@segment/actions-core'
import { createIntercomClient } from '../client/intercom-client'
import { BAD_REQUEST, CONFLICT, FORBIDDEN, UNPROCESSABLE } from '../client/http-status'
import { hasStatus } from '../client/intercom-api-error'
import type { AttributeBody } from '../client/types'
import { toRestHost } from '../dependencies'
import { withSegmentErrors } from '../errors'
import type { Settings } from '../generated-types'
import { isExisting } from './create-attribute'

/** `exists`: the workspace has it already. `reason` is Intercom's own. */
export type CreatedAttribute =
  { readonly result: 'created' | 'exists' } | { readonly result: 'refused'; readonly reason: string }

/**
 * Creates a custom attribute in the workspace of the token, for hosts that list what a workspace lacks. `request` carries
 * the token, as for `describeWorkspace`. Rejects when Intercom gives no usable answer.
 */
export function createWorkspaceAttribute(
  request: RequestClient,
  body: AttributeBody,
  settings: Settings = {},
  { restHost }: { restHost?: string } = {}
): Promise<CreatedAttribute> {
  const client = createIntercomClient(request, toRestHost(restHost === undefined ? {} : { restHost }, settings))
  return withSegmentErrors(async (): Promise<CreatedAttribute> => {
    try {
      await client.createAttribute(body)
      return { result: 'created' }
    } catch (thrown) {
      if (!hasStatus(thrown, BAD_REQUEST, FORBIDDEN, CONFLICT, UNPROCESSABLE)) throw thrown
      const { text } = thrown.details
      return isExisting(text, body.model) ? { result: 'exists' } : { result: 'refused', reason: text }
    }
  })
}
