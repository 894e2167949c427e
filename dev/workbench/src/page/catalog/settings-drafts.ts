import { signal } from '@preact/signals'
import type { Half, JsonObject } from '../../contract'
import { isSameJson } from '../form/json-value'
import { warnBeforeLeaving } from '../form/warn-before-leaving'
import { catalog, state } from '../live'
import { toSettings } from './settings-draft'

/** What was typed and not saved; it outlives the view, so that a look at the trace costs nothing. */
export const settingsDrafts = {
  web: signal<JsonObject | undefined>(undefined),
  cloud: signal<JsonObject | undefined>(undefined)
} as const satisfies Record<Half, unknown>

/** Whether saving would change something. */
export function isSettingsDirty(half: Half): boolean {
  const draft = settingsDrafts[half].value
  if (draft === undefined || !catalog.value || !state.value) return false
  return !isSameJson(toSettings(catalog.value[half].settings, draft), state.value.destinations[half].settings)
}

warnBeforeLeaving(() => isSettingsDirty('web') || isSettingsDirty('cloud'))
