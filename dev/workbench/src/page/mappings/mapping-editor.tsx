import { useEffect, useMemo } from 'preact/hooks'
import type { DestinationCard, SubscriptionRow } from '../../contract'
import { problemAt, problemsUnder } from '../form/problems-under'
import { useStartAtTop } from '../form/start-at-top'
import { ProblemList } from '../shown/problem-list'
import { useSubject } from '../subject'
import { EditingContext, PATHS_LIST, type Editing } from './editing'
import { findEventPaths } from './event-paths'
import { FieldsForm } from './fields-form'
import { changeRows, currentRows, refusedPlaces } from './mapping-drafts'
import { MappingHead } from './mapping-head'
import { MappingSaveBar } from './mapping-save-bar'
import { forgetPickTarget, notePickTarget } from './path-picking'
import { SamplePanel } from './sample-panel'
import { TriggerEditor } from './trigger-editor'
import { usePreview } from './use-preview'
import { useSample } from './use-sample'

interface MappingEditorProps {
  readonly card: DestinationCard
  readonly row: SubscriptionRow
  readonly index: number
}

/** One mapping, opened: what it takes, what it makes of it, and beside that what comes of a sample. */
export function MappingEditor({ card, row, index }: MappingEditorProps) {
  const { half } = card
  useStartAtTop()
  useSubject(row.name)
  const action = card.actions[row.partnerAction]
  const sample = useSample(`${half}/${index}`, row)
  const { event } = sample
  const { preview, problems: previewProblems } = usePreview(half, row, event)
  const paths = useMemo(() => (event ? findEventPaths(event) : []), [event])
  useEffect(() => forgetPickTarget, [])

  const place = `subscriptions[${index}]`
  const refused = problemsUnder(refusedPlaces(half), place)
  const problems = [...refused, ...(preview?.problems ?? [])].filter(
    ({ path, message }, at, all) => all.findIndex((one) => one.path === path && one.message === message) === at
  )
  const change = (changed: Partial<SubscriptionRow>, touched: string) => {
    const rows = currentRows(half).map((other, at) => (at === index ? { ...other, ...changed } : other))
    changeRows(half, rows, `${place}.${touched}`)
  }
  const editing: Editing = {
    half,
    place,
    problems,
    action: row.partnerAction,
    fields: action?.fields ?? {},
    mapping: row.mapping,
    payload: preview?.payload
  }
  const atNoField = problems.filter(
    ({ path }) =>
      !path.startsWith('subscribe') &&
      !path.startsWith('name') &&
      !Object.keys(editing.fields).some((key) => problemAt([{ path, message: '' }], `mapping.${key}`) !== undefined)
  )
  return (
    <div class="mapping mapping-editor">
      <MappingHead card={card} row={row} index={index} onChange={change} />
      <ProblemList problems={atNoField} />
      <div class="mapping-columns">
        <div
          onFocusIn={(focus) => {
            notePickTarget(focus.target)
          }}
        >
          <TriggerEditor
            subscribe={row.subscribe}
            action={action}
            sample={event}
            preview={preview}
            refused={problemAt(refused, 'subscribe')}
            onChange={(subscribe) => {
              change({ subscribe }, 'subscribe')
            }}
          />
          <EditingContext.Provider value={editing}>
            {action && (
              <FieldsForm
                action={action}
                mapping={row.mapping}
                onChange={(mapping, key) => {
                  change({ mapping }, `mapping.${key}`)
                }}
              />
            )}
          </EditingContext.Provider>
          <MappingSaveBar half={half} />
        </div>
        <SamplePanel sample={sample} paths={paths} preview={preview} problems={previewProblems} />
      </div>
      <datalist id={PATHS_LIST}>
        {paths.map(({ path, text }) => (
          <option key={path} value={path} label={text} />
        ))}
      </datalist>
    </div>
  )
}
