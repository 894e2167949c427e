import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { DestinationCard, Problem, SubscriptionRow } from '../../contract'
import { focusFirstWrong } from '../form/focus'
import { problemAt } from '../form/problems-under'
import { useStartAtTop } from '../form/start-at-top'
import { linkTo, route } from '../route'
import { ProblemList } from '../shown/problem-list'
import { useSubject } from '../subject'
import { EditingContext, PATHS_LIST, type Editing } from './editing'
import { findEventPaths } from './event-paths'
import { FieldsForm } from './fields-form'
import { findRowProblems } from './field-problems'
import { SHOW_MARKS } from './ignored-parts'
import { changeRow, refusedOf } from './mapping-drafts'
import { MappingHead } from './mapping-head'
import { MappingSaveBar } from './mapping-save-bar'
import { forgetPickTarget, notePickTarget, refreshPickTarget } from './path-picking'
import { SamplePanel } from './sample-panel'
import { TriggerEditor } from './trigger-editor'
import { usePreview } from './use-preview'
import { useSample } from './use-sample'

interface MappingEditorProps {
  readonly card: DestinationCard
  readonly rowKey: string
  readonly row: SubscriptionRow
  readonly index: number
}

/** The editor of one mapping: its trigger and its fields, with the result for a sample beside them. */
export function MappingEditor({ card, rowKey, row, index }: MappingEditorProps) {
  const { half } = card
  useStartAtTop()
  useSubject(row.name)
  const action = card.actions[row.partnerAction]
  const sample = useSample(rowKey, row)
  const { event } = sample
  const { preview, problems: previewProblems } = usePreview(half, row, event)
  const paths = useMemo(() => (event ? findEventPaths(event) : []), [event])
  useEffect(() => forgetPickTarget, [])
  // The focused input may have been removed or reused.
  useEffect(refreshPickTarget, [row])
  const panel = useRef<HTMLSelectElement>(null)
  const columns = useRef<HTMLDivElement>(null)
  const isMarked = preview !== undefined
  useEffect(() => {
    // The marks come with the preview.
    if (isMarked && route.value.at(-1) === SHOW_MARKS) focusFirstWrong(() => columns.current)
  }, [isMarked])

  const refused = refusedOf(half, rowKey)
  const unfinished = findRowProblems(action, row)
  // The form finds problems at once; the server and the preview may report the same ones again.
  const reported = [...refused, ...(preview?.problems ?? [])]
  const problems = reported.filter(
    (problem, at) => !unfinished.some(isAs(problem)) && reported.findIndex(isAs(problem)) === at
  )
  const change = (changed: Partial<SubscriptionRow>, touched: string) => {
    changeRow(half, rowKey, changed, touched)
  }
  const editing: Editing = {
    half,
    rowKey,
    problems,
    unfinished,
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
    <div class="mapping">
      <MappingHead card={card} rowKey={rowKey} row={row} index={index} onChange={change} />
      <a
        class="jump"
        href={linkTo('mappings', half, String(index))}
        onClick={(click) => {
          click.preventDefault()
          panel.current?.focus({ preventScroll: true })
          panel.current?.closest('.card')?.scrollIntoView({ block: 'start' })
        }}
      >
        Jump to the sample
      </a>
      <ProblemList problems={atNoField} />
      <div class="mapping-columns" ref={columns}>
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
          <MappingSaveBar card={card} opened={rowKey} />
        </div>
        <SamplePanel chooser={panel} sample={sample} paths={paths} preview={preview} problems={previewProblems} />
      </div>
      <datalist id={PATHS_LIST}>
        {paths.map(({ path, text }) => (
          <option key={path} value={path} label={text} />
        ))}
      </datalist>
    </div>
  )
}

const isAs =
  ({ path, message }: Problem) =>
  (other: Problem): boolean =>
    other.path === path && other.message === message
