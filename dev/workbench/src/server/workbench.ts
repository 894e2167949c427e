import type { EmulatedWorkspace } from '@intercom-destinations/cli'
import type { Emulator } from '@intercom-destinations/emulator'
import type { State } from '../contract'
import type { ConfigurationStore } from './configuration/configuration'
import { findIgnoredParts } from './configuration/ignored-parts'
import type { Connection } from './configuration/connection'
import type { Engine } from './engine'
import type { FaultSwitches } from './faults'
import type { ReportBook } from './report/report-book'
import type { SeenMessages } from './tracking/seen-messages'
import type { Broadcast } from './stream'

/** The parts of a running workbench, for the request handlers. */
export interface Workbench {
  readonly writeKey: string
  readonly url: () => string
  readonly emulator: Emulator
  /** The emulated workspace at the start. */
  readonly startedWith: EmulatedWorkspace
  readonly configuration: ConfigurationStore
  readonly connection: Connection
  readonly faults: FaultSwitches
  readonly engine: Engine
  readonly broadcast: Broadcast
  readonly seen: SeenMessages
  readonly reports: ReportBook
}

/** The state that every page gets. */
export const toState = ({ writeKey, url, configuration, connection, faults }: Workbench): State => ({
  writeKey,
  trackingHost: url(),
  destinations: configuration.now,
  ignored: {
    web: findIgnoredParts(configuration.now.web.subscriptions),
    cloud: findIgnoredParts(configuration.now.cloud.subscriptions)
  },
  connection: connection.state,
  faults: faults.all
})
