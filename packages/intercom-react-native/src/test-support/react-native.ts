import { intercomModule } from './intercom-module'

/** What Segment's client and Intercom's JavaScript take from `react-native`, without a phone. */

const context = {
  appName: 'Shop',
  appVersion: '3.2.1',
  buildNumber: '7',
  bundleId: 'example.shop',
  locale: 'de-DE',
  networkType: 'wifi',
  osName: 'Android',
  osVersion: '15',
  screenHeight: 800,
  screenWidth: 400,
  timezone: 'Europe/Berlin',
  manufacturer: 'Example',
  model: 'One',
  deviceName: 'phone',
  deviceId: 'd1',
  deviceType: 'android'
}

export const NativeModules = {
  IntercomModule: intercomModule,
  IntercomEventEmitter: {},
  AnalyticsReactNative: { getContextInfo: () => Promise.resolve(context), set: () => Promise.resolve() },
  Sovran: { getConstants: () => ({ ON_STORE_ACTION: 'action' }) }
}

export const Platform = {
  OS: 'android',
  select: <T>(choices: { android?: T; default: T }): T => choices.android ?? choices.default
}

export const TurboModuleRegistry = { get: (): null => null }

export class NativeEventEmitter {
  addListener(): { remove: () => void } {
    return { remove: () => undefined }
  }
}

export const AppState = { addEventListener: () => ({ remove: () => undefined }) }
