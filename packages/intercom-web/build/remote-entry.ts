import { createFactory } from '../src/create-factory'

// Segment's settings documents always name the mappings, so the presets stay behind.
const factory = createFactory([])

// Analytics.js calls what it finds under the settings document's `libraryName`; the first is the catalog's, the second ours.
Object.assign(window, { intercomDestination: factory, intercomWebDestination: factory })
