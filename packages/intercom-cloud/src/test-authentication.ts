import type { RequestClient } from '@segment/actions-core'
import { toRegion, type Region } from '@intercom-destinations/shared-mapping'
import { createIntercomClient } from './client/intercom-client'
import { toRestHost, type Dependencies } from './dependencies'
import { credentialsError, withSegmentErrors, otherRegionError } from './errors'
import type { Settings } from './generated-types'

/** The workspace that a token belongs to. */
export interface WorkspaceDescription {
  name: string | undefined
  /** Intercom's `id_code`, the App ID of the Messenger. */
  id: string | undefined
  /** `undefined` where Intercom writes a region that is not known here. */
  region: Region | undefined
}

/**
 * Name, id and region of the connected workspace. `request` carries the token: in a host application it is
 * `createRequestClient(definition.extendRequest({ settings, auth, payload: undefined }))`.
 */
export function describeWorkspace(
  request: RequestClient,
  settings: Settings = {},
  // Apart from the settings, so that nobody's stored settings can send the token elsewhere.
  { restHost }: { restHost?: string } = {}
): Promise<WorkspaceDescription> {
  return withSegmentErrors(() => describe(request, toRestHost(restHost === undefined ? {} : { restHost }, settings)))
}

/** Asks who the token belongs to, and says in words for the connect screen what is wrong with it. */
export async function testCredentials(
  request: RequestClient,
  settings: Settings,
  dependencies: Dependencies
): Promise<WorkspaceDescription> {
  const workspace = await describe(request, toRestHost(dependencies, settings)).catch((thrown: unknown) => {
    throw credentialsError(thrown)
  })
  const { region = 'auto' } = settings
  if (region !== 'auto' && workspace.region !== undefined && workspace.region !== region)
    throw otherRegionError(region.toUpperCase(), workspace.region.toUpperCase())
  return workspace
}

async function describe(request: RequestClient, host: string): Promise<WorkspaceDescription> {
  const { name, id, region } = await createIntercomClient(request, host).findMe()
  return { name, id, region: toRegion(region) }
}
