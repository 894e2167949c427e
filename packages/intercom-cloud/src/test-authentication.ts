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
  /** `undefined` for a region that is not known here. */
  region: Region | undefined
}

/**
 * Name, id and region of the connected workspace. `request` carries the token: in a host application it is
 * `createRequestClient(definition.extendRequest({ auth: { accessToken } }))`.
 */
export function describeWorkspace(
  request: RequestClient,
  settings: Settings = {},
  // Separate from the settings, so that stored settings cannot send the token to another host.
  { restHost }: { restHost?: string } = {}
): Promise<WorkspaceDescription> {
  return withSegmentErrors(() =>
    findWorkspace(request, toRestHost(restHost === undefined ? {} : { restHost }, settings))
  )
}

/** Reads the workspace of the token. Throws an error for the connect screen that explains what is wrong. */
export async function testCredentials(
  request: RequestClient,
  settings: Settings,
  dependencies: Dependencies
): Promise<WorkspaceDescription> {
  const workspace = await findWorkspace(request, toRestHost(dependencies, settings)).catch((thrown: unknown) => {
    throw credentialsError(thrown)
  })
  const { region = 'auto' } = settings
  if (region !== 'auto' && workspace.region !== undefined && workspace.region !== region)
    throw otherRegionError(region.toUpperCase(), workspace.region.toUpperCase())
  return workspace
}

async function findWorkspace(request: RequestClient, host: string): Promise<WorkspaceDescription> {
  const { name, id, region } = await createIntercomClient(request, host).findMe()
  return { name, id, region: toRegion(region) }
}
