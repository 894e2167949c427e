import intercomWeb from '../src'

// Analytics.js calls what it finds under the settings document's `libraryName`; the first is the catalog's, the second ours.
Object.assign(window, { intercomDestination: intercomWeb, intercomWebDestination: intercomWeb })
