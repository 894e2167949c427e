import { createRemoteFactory } from '../src/create-factory'

// Segment's settings documents always hold the mappings, so the presets are left out.
const factory = createRemoteFactory()

// Analytics.js calls the global that `libraryName` of the settings document names: the first is the catalog's, the second ours.
Object.assign(window, { intercomDestination: factory, intercomWebDestination: factory })
