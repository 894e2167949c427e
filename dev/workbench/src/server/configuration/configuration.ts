import type { DestinationState, Half, Problem, Problems } from '../../contract'
import { catalog, HALVES } from './catalog'
import { DEMO_APP_ID } from '../cdn/cdn-settings'
import type { Configuration } from '../engine/index'
import { isJsonObject } from '../../json-guards'
import { toProblems } from '../api/problems'
import { findSettingsProblems } from './settings-check'
import { readSubscriptions } from './subscriptions-check'

/** The settings and mappings of both destinations. An invalid change is refused as a whole. */
export class ConfigurationStore {
  #now: Configuration = {
    web: { enabled: true, settings: { appId: DEMO_APP_ID }, subscriptions: catalog.web.presets },
    cloud: { enabled: true, settings: {}, subscriptions: catalog.cloud.presets }
  }

  get now(): Configuration {
    return this.#now
  }

  change(half: Half, change: unknown): Problems | undefined {
    if (!isJsonObject(change)) return toProblems('An object with enabled, settings or subscriptions was expected.')
    const { enabled, settings, subscriptions } = change
    const problems: Problem[] = []
    let next: DestinationState = this.#now[half]
    if (enabled !== undefined) {
      if (typeof enabled === 'boolean') next = { ...next, enabled }
      else problems.push({ path: 'enabled', message: 'It is either true or false.' })
    }
    if (settings !== undefined) {
      const wrong = isJsonObject(settings)
        ? findSettingsProblems(settings, catalog[half].settings)
        : [{ path: 'settings', message: 'An object was expected.' }]
      if (isJsonObject(settings) && wrong.length === 0) next = { ...next, settings }
      problems.push(...wrong)
    }
    if (subscriptions !== undefined) {
      const read = readSubscriptions(half, subscriptions)
      if ('rows' in read) next = { ...next, subscriptions: read.rows }
      else problems.push(...read.problems)
    }
    if (problems.length > 0) return { problems }
    this.#now = { ...this.#now, [half]: next }
    return undefined
  }
}

export const toHalf = (text: string): Half | undefined => HALVES.find((half) => half === text)
