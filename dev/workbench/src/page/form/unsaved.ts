import { computed } from '@preact/signals'
import { settingsDrafts } from '../catalog/settings-drafts'
import { areRowsDirty } from '../mappings/mapping-drafts'

/** The views with unsaved changes, by their keys in the navigation. */
export const unsavedPlaces = computed<ReadonlySet<string>>(() => {
  const { web, cloud } = settingsDrafts
  const mappings = areRowsDirty('web') || areRowsDirty('cloud') ? ['mappings'] : []
  return new Set(web.isDirty.value || cloud.isDirty.value ? [...mappings, 'catalog'] : mappings)
})
