import { useRef, useState } from 'preact/hooks'
import type { DestinationCard, Json, JsonObject, Problem, State } from '../../contract'
import { put } from '../api'
import { ownValue, withValue } from '../form/json-value'
import { problemAt } from '../form/problems-under'
import { problemsOf } from '../shown/problems-of'
import { SaveBar, SAVED } from '../form/save-bar'
import { changeState } from '../live'
import { ProblemList } from '../shown/problem-list'
import { SettingField } from './setting-field'
import { findSettingProblems, toSettings } from './settings-draft'
import { isSettingsDirty, settingsDrafts } from './settings-drafts'

interface SettingsFormProps {
  readonly card: DestinationCard
  readonly settings: JsonObject
}

/** The settings of a destination, one field for each that its definition has. */
export function SettingsForm({ card, settings }: SettingsFormProps) {
  const draftSignal = settingsDrafts[card.half]
  const draft = draftSignal.value ?? settings
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const [isSaving, setSaving] = useState(false)
  const [said, say] = useState('')
  const form = useRef<HTMLFormElement>(null)
  const next = toSettings(card.settings, draft)
  const isDirty = isSettingsDirty(card.half)

  const change = (key: string, value: Json | undefined) => {
    draftSignal.value = withValue(draft, key, value)
    setProblems(problems.filter(({ path }) => path !== `settings.${key}`))
    say('')
  }
  const refuse = (found: readonly Problem[]) => {
    setProblems(found)
    say('Not saved: look at what is marked.')
    // After the marks are drawn.
    setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
  }
  const save = async () => {
    const obvious = findSettingProblems(card.settings, draft)
    if (obvious.length > 0) {
      refuse(obvious)
      return
    }
    setSaving(true)
    try {
      await changeState(() => put<State>(`destinations/${card.half}`, { settings: next }))
      draftSignal.value = undefined
      setProblems([])
      say(SAVED)
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
        isDirty={isDirty}
        isSaving={isSaving}
        said={said}
        onDiscard={() => {
          draftSignal.value = undefined
          setProblems([])
          say('')
        }}
      />
    </form>
  )
}
