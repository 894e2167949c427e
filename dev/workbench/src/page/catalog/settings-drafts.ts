import type { Half, JsonObject } from '../../contract'
import { createDraft, type Draft } from '../form/draft'
import { isSameJson } from '../form/json-value'
import { warnBeforeLeaving } from '../form/warn-before-leaving'
import { catalog, state } from '../live'
import { toSettings } from './settings-draft'

const toDraft = (half: Half): Draft<JsonObject, JsonObject> =>
  createDraft({
    saved: () => state.value?.destinations[half].settings ?? {},
    toSaved: (draft) => toSettings(catalog.value?.[half].settings ?? {}, draft),
    isSame: isSameJson
  })

/** Unsaved settings. They are kept outside the view, so that leaving it loses nothing. */
export const settingsDrafts: Readonly<Record<Half, Draft<JsonObject, JsonObject>>> = {
  web: toDraft('web'),
  cloud: toDraft('cloud')
}

warnBeforeLeaving(() => settingsDrafts.web.isDirty.value || settingsDrafts.cloud.isDirty.value)
