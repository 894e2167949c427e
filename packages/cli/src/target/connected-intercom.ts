import { RUN_HEADER } from '@intercom-destinations/emulator'
import { describeWorkspace, intercomCloud, toRestHost, type Settings } from '@intercom-destinations/intercom-cloud'
import { createRequestClient } from '@segment/actions-core'
import { REGIONS } from '../command/regions'
import { ConnectionError } from './connection-error'
import type { Target } from './target'
import { messageOf } from '../text/message-of'

export interface Connection {
  readonly token: string
  /** Intercom's region; `auto` lets Intercom route each request. */
  readonly region: string
  /** An emulator on this machine, in the place of Intercom. */
  readonly address?: string
}

export interface ConnectedTarget extends Target {
  /** What tells it from every other target, and holds no secret. */
  readonly id: string
  readonly region: string
}

/** The destination's own way of asking, with the token in it and the host it asks. */
export function openLine({ token, region, address }: Connection) {
  const options = address === undefined ? {} : { restHost: address }
  const definition = intercomCloud(options)
  const settings: Settings = { region }
  const { extendRequest } = definition
  const runs: string[] = []
  const request = createRequestClient(
    extendRequest?.({ settings, auth: { accessToken: token, refreshToken: '' }, payload: undefined }) ?? {},
    {
      afterResponse: [
        (_request, _options, { headers }) => {
          const run = headers.get(RUN_HEADER)
          if (run !== null) runs.push(run)
        }
      ]
    }
  )
  return {
    settings,
    options,
    request,
    host: toRestHost(options, settings),
    /** What tells an emulator from the one that listened there before, and that forgot everything when it ended. */
    latestRun: () => runs.at(-1)
  }
}

/** A workspace that outlives this process: Intercom's, or an emulator's. Asks it who it is before anything is sent. */
export async function connectIntercom(connection: Connection): Promise<ConnectedTarget> {
  const { token, region, address } = connection
  const { settings, options, request, latestRun } = openLine(connection)
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
    holdings: () => undefined,
    close: () => Promise.resolve()
  }
}

/** Intercom itself has no runs, whatever its answers say. */
const toRun = (address: string | undefined, run: string | undefined): string[] =>
  address === undefined || run === undefined ? [] : [run]
