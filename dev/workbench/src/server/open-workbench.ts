import { serve } from '@hono/node-server'
import { toAppScopes } from '@intercom-destinations/cli'
import { systemClock, type Clock } from '@intercom-destinations/delivery'
import type { Wait } from '@intercom-destinations/emulator'
import { Hono } from 'hono'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import type { FaultName } from '../contract'
import { createApi } from './api/api'
import { findBuiltFolder } from './built-files'
import { createCallback } from './api/connection-routes'
import { createCdn } from './cdn/cdn'
import { ConfigurationStore } from './configuration/configuration'
import { Connection } from './configuration/connection'
import { openEmulatedIntercom } from './emulated-intercom'
import { Engine } from './engine'
import { guard } from './guard'
import { readPageFile } from './page-files'
import { toProblems } from './api/problems'
import { ReportBook } from './report/report-book'
import type { Session } from './session/read-session'
import { SeenMessages } from './tracking/seen-messages'
import { createShop } from './shop'
import { Broadcast } from './stream'
import { createTracking } from './tracking/tracking'
import type { Workbench } from './workbench'

export interface OpenOptions {
  /** 0 takes a free port. */
  readonly port: number
  /** The write key for Segment libraries; random when left out. */
  readonly writeKey?: string
  /** The settings, mappings, workspace and events of a colleague; those of the demo shop, and no events, by default. */
  readonly session?: Session
  /** The engine's time; the system's when left out. */
  readonly clock?: Clock
  /** How the slow answers of the emulator let time pass; real timers when left out. */
  readonly wait?: Wait
}

export interface OpenedWorkbench {
  /** `http://127.0.0.1:4311`, without a slash at the end. */
  readonly url: string
  readonly workbench: Workbench
  readonly close: () => Promise<void>
}

const HOSTNAME = '127.0.0.1'
const SERVER_ERROR = 500
const SECRET_BYTES = 32
const WRITE_KEY_BYTES = 12

/** The web half's thread always has a Messenger without identity verification; the shop's page may not. */
const PAGE_REMARKS: readonly (readonly [FaultName, string])[] = [
  [
    'blocked-widget',
    'An ad blocker kept the Messenger from the shop’s page when this event came in. The web half shown here was run by the workbench, with a Messenger. The shop’s corner shows what happened on the page.'
  ],
  [
    'secured',
    'The workspace required a proof of identity when this event came in. The web half shown here was run by the workbench, with a Messenger that requires none. The shop’s corner shows what happened on the page.'
  ]
]

const secret = (bytes = SECRET_BYTES): string => randomBytes(bytes).toString('hex')

/** Serves the workbench, with an emulated Intercom beside it, until it is closed. */
export async function openWorkbench({
  port,
  writeKey = secret(WRITE_KEY_BYTES),
  session,
  clock,
  wait
}: OpenOptions): Promise<OpenedWorkbench> {
  const broadcast = new Broadcast()
  const app = { clientId: 'segment-workbench', clientSecret: secret(), scopes: toAppScopes() }
  const { startedWith, emulator, faults, held, target, close } = await openEmulatedIntercom({
    workspace: session?.workspace,
    token: secret(),
    app,
    broadcast,
    wait
  })
  const connection = new Connection({ target, app })
  await connection.connectEmulator()
  const configuration = session?.configuration ?? new ConfigurationStore()
  const reports = new ReportBook(clock ?? systemClock)
  const engine = new Engine({
    observer: reports,
    configuration: () => configuration.now,
    target: () => connection.target,
    ...(clock ? { clock } : {}),
    // With both halves on, the cloud half's writes are shown: decision 0055.
    pageWorkspace: (source) =>
      configuration.now.cloud.enabled ||
      connection.state.kind === 'intercom' ||
      (source === 'shop' && faults.isOn('blocked-widget'))
        ? undefined
        : { state: emulator.state, open: held.openMessenger },
    remarks: () => PAGE_REMARKS.flatMap(([fault, remark]) => (faults.isOn(fault) ? remark : []))
  })
  const endListening = engine.listen((rows) => {
    broadcast.send({ name: 'rows', value: rows })
  })

  let listeningOn = port
  const url = (): string => `http://${HOSTNAME}:${listeningOn}`
  const workbench: Workbench = {
    ...{ writeKey, url, emulator, startedWith, configuration, connection, faults, engine, broadcast, reports },
    seen: new SeenMessages()
  }
  const end = async () => {
    endListening()
    broadcast.close()
    await Promise.all([close(), engine.close()])
  }
  const all = createApp(workbench, () => listeningOn)
  const server = await listen(all, port).catch(async (error: unknown) => {
    await end()
    throw error
  })
  listeningOn = server.port
  for (const { event, source, receivedAt } of session?.events ?? []) engine.submit(event, source, receivedAt)
  return {
    url: url(),
    workbench,
    close: async () => {
      await Promise.all([server.close(), end()])
    }
  }
}

function createApp(workbench: Workbench, port: () => number): Hono {
  const { writeKey, configuration, engine, faults, seen } = workbench
  const page = path.join(findBuiltFolder(), 'page')
  const app = new Hono()
  app.use(guard(port))
  // Errors go to the client; the process's output is for the person who started it.
  app.onError((error, context) => context.json(toProblems(error.message), SERVER_ERROR))
  app.route('/api', createApi(workbench))
  app.route('/connect', createCallback(workbench))
  app.route('/v1', createTracking({ writeKey, submit: (event, source) => engine.submit(event, source), seen }))
  app.route(
    '/cdn',
    createCdn({ writeKey, web: () => configuration.now.web, isWidgetBlocked: () => faults.isOn('blocked-widget') })
  )
  app.route(
    '/shop',
    createShop({ folder: path.join(findBuiltFolder(), 'shop'), isSecured: () => faults.isOn('secured') })
  )
  app.get('/', () => readPageFile(page, 'index.html'))
  app.get('/app.js', () => readPageFile(page, 'app.js'))
  app.get('/app.css', () => readPageFile(page, 'app.css'))
  return app
}

function listen(app: Hono, port: number): Promise<{ port: number; close: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: HOSTNAME }, (address) => {
      server.off('error', reject)
      resolve({
        port: address.port,
        close: () =>
          new Promise((closed) => {
            server.close(() => {
              closed()
            })
            if ('closeAllConnections' in server) server.closeAllConnections()
          })
      })
    })
    server.once('error', reject)
  })
}
