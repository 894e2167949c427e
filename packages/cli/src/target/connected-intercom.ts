import { RUN_HEADER } from '@intercom-destinations/emulator'
import { describeWorkspace, intercomCloud, toRestHost, type Settings } from '@intercom-destinations/intercom-cloud'
import { createRequestClient } from '@segment/actions-core'
import { REGIONS } from '../command/regions'
import { ConnectionError } from './connection-error'
import type { Target } from './target'
import { messageOf } from '../text/message-of'

export interface Connection {
  readonly token: string
  /** One of `REGIONS`. */
  readonly region: string
  /** The origin of an emulator on this machine, in the place of Intercom. */
  readonly address?: string
}

export interface ConnectedTarget extends Target {
  /** Distinguishes this target from every other, and contains no secret. */
  readonly id: string
  readonly region: string
}

/** The request client of the destination, with the token, and the host that it calls. */
export function openRequestClient({ token, region, address }: Connection) {
  const options = address === undefined ? {} : { restHost: address }
  const definition = intercomCloud(options)
  const settings: Settings = { region }
  const { extendRequest } = definition
  let latestRun: string | undefined
  const request = createRequestClient(extendRequest({ auth: { accessToken: token } }), {
    afterResponse: [
      (_request, _options, { headers }) => {
        latestRun = headers.get(RUN_HEADER) ?? latestRun
      }
    ]
  })
  return {
    settings,
    options,
    request,
    host: toRestHost(options, settings),
    /** Distinguishes an emulator from an earlier one at the same address, whose data is gone. */
    latestRun: () => latestRun
  }
}

/** Connects to Intercom or to an emulator in another process, and reads which workspace it is. */
export async function connectIntercom(connection: Connection): Promise<ConnectedTarget> {
  const { token, region, address } = connection
  const { settings, options, request, latestRun } = openRequestClient(connection)
  const where = address ?? 'Intercom'
  const found = await describeWorkspace(request, settings, options).catch((error: unknown) => {
    throw new ConnectionError(`${where} cannot be used: ${messageOf(error)}`, {
      cause: error
    })
  })
  const regionFound = found.region ?? 'unknown'
  if (region !== 'auto' && found.region !== undefined && found.region !== region) {
    throw new ConnectionError(`The workspace is in the region ${found.region}, not in ${region}. Correct --region.`)
  }
  return {
    id: [where, found.id ?? 'unknown', regionFound, ...toRun(address, latestRun())].join(' '),
    region: regionFound,
    workspace: found.name ?? found.id ?? 'a workspace without a name',
    ...(address === undefined ? {} : { playedBy: `the emulator at ${address}` }),
    connection: {
      token,
      region: REGIONS.find((one) => one === region) ?? 'auto',
      ...(address === undefined ? {} : { restHost: address })
    },
    workspaceCounts: () => undefined,
    close: () => Promise.resolve()
  }
}

/** Only an emulator has runs; a header in Intercom's answers means nothing. */
const toRun = (address: string | undefined, run: string | undefined): string[] =>
  address === undefined || run === undefined ? [] : [run]
