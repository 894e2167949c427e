import { useRef, useState } from 'preact/hooks'
import type { DestinationCard, Json, JsonObject, Problem, State } from '../../contract'
import { put } from '../api'
import { ownValue, withValue } from '../form/json-value'
import { problemAt } from '../form/problems-under'
import { problemsOf } from '../shown/problems-of'
import { focusFirstWrong } from '../form/focus'
import { SaveBar, SAVED } from '../form/save-bar'
import { changeState } from '../live'
import { ProblemList } from '../shown/problem-list'
import { SettingField } from './setting-field'
import { findSettingProblems } from './settings-draft'
import { settingsDrafts } from './settings-drafts'

interface SettingsFormProps {
  readonly card: DestinationCard
  readonly settings: JsonObject
}

/** The settings of a destination: one field for each setting of its definition. */
export function SettingsForm({ card, settings }: SettingsFormProps) {
  const { edited, isDirty, isOvertaken, change: edit, discard, save: send } = settingsDrafts[card.half]
  const draft = edited.value ?? settings
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const [isSaving, setSaving] = useState(false)
  const [notice, setNotice] = useState('')
  const form = useRef<HTMLFormElement>(null)

  const change = (key: string, value: Json | undefined) => {
    edit(withValue(draft, key, value))
    setProblems(problems.filter(({ path }) => path !== `settings.${key}`))
    setNotice('')
  }
  const refuse = (found: readonly Problem[]) => {
    setProblems(found)
    setNotice('Not saved: look at what is marked.')
    focusFirstWrong(() => form.current)
  }
  const save = async () => {
    const obvious = findSettingProblems(card.settings, draft)
    if (obvious.length > 0) {
      refuse(obvious)
      return
    }
    setSaving(true)
    try {
      await send(async (wanted) => {
        const next = await changeState(() => put<State>(`destinations/${card.half}`, { settings: wanted }))
        return next.destinations[card.half].settings
      })
      setProblems([])
      setNotice(SAVED)
    } catch (thrown) {
      refuse(problemsOf(thrown))
    } finally {
      setSaving(false)
    }
  }

  const keys = Object.entries(card.settings).filter(([, field]) => field.type !== 'hidden')
  const isFirst = ([, field]: (typeof keys)[number]) =>
    field.required === true || (field.choices !== undefined && field.default !== undefined)
  const toField = ([key, field]: (typeof keys)[number]) => (
    <SettingField
      key={key}
      name={key}
      field={field}
      value={ownValue(draft, key)}
      problem={problemAt(problems, `settings.${key}`)}
      onValue={(value) => {
        change(key, value)
      }}
    />
  )
  const atNoField = problems.filter(
    ({ path }) => !keys.some(([key]) => problemAt([{ path, message: '' }], `settings.${key}`) !== undefined)
  )
  return (
    <form
      ref={form}
      class="settings"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <ProblemList problems={atNoField} />
      <div class="setting-grid">{keys.filter(isFirst).map(toField)}</div>
      <div class="setting-grid">{keys.filter((entry) => !isFirst(entry)).map(toField)}</div>
      <SaveBar
        isDirty={isDirty.value}
        isSaving={isSaving}
        notice={notice}
        overtaken={isOvertaken.value ? 'These settings were changed elsewhere meanwhile.' : undefined}
        onDiscard={() => {
          discard()
          setProblems([])
          setNotice('')
        }}
      />
    </form>
  )
}
