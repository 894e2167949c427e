import { useState } from 'preact/hooks'
import type { DestinationCard } from '../../contract'
import { focusFirstWrong } from '../form/focus'
import { SaveBar, SAVED } from '../form/save-bar'
import type { Refusal } from './keyed-rows'
import {
  areRowsDirty,
  areRowsOvertaken,
  countDirtyRows,
  discardRows,
  isUnreadable,
  keyedRows,
  refusedPlaces,
  refuseUnfinished,
  saveRows
} from './mapping-drafts'

interface MappingSaveBarProps {
  readonly card: DestinationCard
  /** The opened row. */
  readonly opened?: string
}

/** Saves all rows of a destination together. */
export function MappingSaveBar({ card, opened }: MappingSaveBarProps) {
  const { half } = card
  const [isSaving, setSaving] = useState(false)
  const [notice, setNotice] = useState('')
  const changed = countDirtyRows(half)
  const refuse = (why: string) => {
    setNotice(why)
    focusFirstWrong(() => document.querySelector('.mapping'))
  }
  const save = async () => {
    const wrong = refuseUnfinished(card)
    if (wrong.length > 0) {
      refuse(`Not saved: ${sayWrong(wrong)}${opened === undefined ? '' : sayElsewhere(wrong)}.`)
      return
    }
    setSaving(true)
    const isSaved = await saveRows(half)
    setSaving(false)
    if (isSaved) setNotice(SAVED)
    else refuse('Not saved: look at what is marked.')
  }
  /** Links to the other rows with problems. */
  const sayElsewhere = (wrong: readonly Refusal[]): string => {
    const names = keyedRows(half)
      .filter(({ key }) => key !== opened && wrong.some((one) => one.key === key))
      .map(({ row }) => `“${row.name}”`)
    return names.length === 0 ? '' : `; look at ${names.join(' and ')}`
  }
  const isStillWrong = refusedPlaces(half).length > 0
  return (
    <SaveBar
      isDirty={areRowsDirty(half)}
      isSaving={isSaving}
      notice={isStillWrong || notice === SAVED ? notice : ''}
      {...(changed > 1 ? { waiting: `Not saved yet: ${changed} mappings.` } : {})}
      hindrance={isUnreadable(half) ? 'One field holds JSON that cannot be read yet.' : undefined}
      overtaken={areRowsOvertaken(half) ? OVERTAKEN : undefined}
      onSave={() => void save()}
      onDiscard={() => {
        discardRows(half)
        setNotice('')
      }}
    />
  )
}

/** Names no single mapping, because all of them are saved together. */
const OVERTAKEN = 'These mappings were changed elsewhere meanwhile.'

const sayWrong = ({ length }: readonly Refusal[]): string =>
  length === 1 ? '1 field is wrong' : `${length} fields are wrong`
