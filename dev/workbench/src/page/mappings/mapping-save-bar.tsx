import { useState } from 'preact/hooks'
import type { Half } from '../../contract'
import { problemsOf } from '../shown/problems-of'
import { SaveBar, SAVED } from '../form/save-bar'
import { areRowsDirty, dirtyRows, discardRows, isUnreadable, refuseRows, saveRows } from './mapping-drafts'

/** Saves all rows of a destination at once, as they belong together. */
export function MappingSaveBar({ half }: { readonly half: Half }) {
  const [isSaving, setSaving] = useState(false)
  const [said, say] = useState('')
  const changed = dirtyRows(half).length
  const save = async () => {
    setSaving(true)
    try {
      await saveRows(half)
      say(SAVED)
    } catch (thrown) {
      refuseRows(half, problemsOf(thrown))
      say('Not saved: look at what is marked.')
      setTimeout(() =>
        document.querySelector<HTMLElement>('.mapping [aria-invalid], .problems')?.scrollIntoView({ block: 'center' })
      )
    } finally {
      setSaving(false)
    }
  }
  return (
    <SaveBar
      isDirty={areRowsDirty(half)}
      isSaving={isSaving}
      said={said}
      {...(changed > 1 ? { waiting: `Not saved yet: ${changed} mappings.` } : {})}
      hindrance={isUnreadable(half) ? 'One field holds JSON that cannot be read yet.' : undefined}
      onSave={() => void save()}
      onDiscard={() => {
        discardRows(half)
        say('')
      }}
    />
  )
}
