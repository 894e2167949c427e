import intercomCloud from '@intercom-destinations/intercom-cloud'
import { destination as intercomWeb } from '@intercom-destinations/intercom-web'
import type { DestinationState, Half } from '../../contract'
import type { CloudTarget, Configuration } from '../engine'
import type { PageWorkspace } from '../engine/web-pages'
import { toEnabled } from './enabled-presets'

/** What an engine reads around it, with every preset enabled, and how a test changes it. */
export function openSurroundings(connected: CloudTarget) {
  const around: {
    target: CloudTarget | undefined
    configuration: Configuration
    remarks: readonly string[]
    pageWorkspace: PageWorkspace | undefined
  } = {
    pageWorkspace: undefined,
    target: connected,
    configuration: { web: toEnabled(intercomWeb.presets), cloud: toEnabled(intercomCloud.presets) },
    remarks: []
  }
  return {
    around,
    sources: {
      configuration: () => around.configuration,
      target: () => around.target,
      remarks: () => around.remarks,
      pageWorkspace: () => around.pageWorkspace
    },
    change: (half: Half, state: Partial<DestinationState>) => {
      around.configuration = { ...around.configuration, [half]: { ...around.configuration[half], ...state } }
    }
  }
}
