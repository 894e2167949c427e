import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { CreatedAttributes, MissingAttribute, MissingAttributes, Problem } from '../../contract'
import { get, post } from '../api'
import { linkTo } from '../route'
import { ProblemList } from '../shown/problem-list'
import { problemsOf } from '../shown/problems-of'

type Step =
  | { readonly kind: 'offered' | 'busy' }
  | { readonly kind: 'listed'; readonly list: MissingAttributes }
  | { readonly kind: 'created'; readonly result: CreatedAttributes }

/** Creates what the report names: what the workspace lacks now is listed first, because a type stays for good. */
export function CreateAttributes({ reportId }: { readonly reportId: string }) {
  const [step, setStep] = useState<Step>({ kind: 'offered' })
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const place = useRef<HTMLDivElement>(null)
  const path = `reports/${reportId}/attributes`
  const go = async (next: () => Promise<Step>) => {
    setStep({ kind: 'busy' })
    try {
      setStep(await next())
      setProblems([])
    } catch (thrown) {
      setStep({ kind: 'offered' })
      setProblems(problemsOf(thrown))
    }
  }
  const hasAnswer = step.kind === 'listed' || step.kind === 'created'
  useLayoutEffect(() => {
    // The pressed button is gone.
    if (hasAnswer) place.current?.focus()
  }, [hasAnswer, step.kind])
  return (
    <div slot="create-attributes" class="report-act" ref={place} tabIndex={-1}>
      {!hasAnswer && (
        <p>
          <button
            type="button"
            class="primary"
            disabled={step.kind === 'busy'}
            onClick={() => void go(async () => ({ kind: 'listed', list: await get<MissingAttributes>(path) }))}
          >
            Create these attributes…
          </button>{' '}
          <span class="quiet">It shows first what would be created.</span>
        </p>
      )}
      {step.kind === 'listed' && (
        <Listed
          list={step.list}
          onCreate={() =>
            void go(async () => ({
              kind: 'created',
              result: await post<CreatedAttributes>(path, { attributes: step.list.attributes })
            }))
          }
          onLeave={() => {
            setStep({ kind: 'offered' })
          }}
        />
      )}
      {step.kind === 'created' && <Created {...step.result} />}
      <ProblemList problems={problems} />
    </div>
  )
}

interface ListedProps {
  readonly list: MissingAttributes
  readonly onCreate: () => void
  readonly onLeave: () => void
}

function Listed({ list: { workspace, isReal, attributes }, onCreate, onLeave }: ListedProps) {
  if (attributes.length === 0) {
    return (
      <p class="note">
        {workspace} has all of them by now. Send the events again, and their values arrive.{' '}
        <button type="button" class="small" onClick={onLeave}>
          Close
        </button>
      </p>
    )
  }
  return (
    <div class={isReal ? 'note warn' : 'note'}>
      <p>
        Create {attributes.length === 1 ? 'this attribute' : `these ${attributes.length.toLocaleString()} attributes`}{' '}
        in <strong>{workspace}</strong>?{' '}
        {isReal
          ? 'This is a real workspace: a type cannot be changed later.'
          : 'This is the emulated Intercom; starting over takes them away again.'}
      </p>
      <ul class="attribute-list">
        {attributes.map((one) => (
          <li key={`${one.model} ${one.name}`}>
            <AttributeText {...one} />
          </li>
        ))}
      </ul>
      <p class="bar">
        <button type="button" class="primary" onClick={onCreate}>
          {attributes.length === 1 ? 'Create it' : `Create all ${attributes.length.toLocaleString()}`}
        </button>
        <button type="button" onClick={onLeave}>
          No
        </button>
      </p>
    </div>
  )
}

const RESULTS = { created: 'created', exists: 'was there already', refused: 'refused' } as const

function Created({ created }: CreatedAttributes) {
  const isDone = created.every(({ result }) => result !== 'refused')
  return (
    <div class={isDone ? 'note' : 'note warn'} role="status">
      <ul class="attribute-list">
        {created.map(({ result, reason, ...one }) => (
          <li key={`${one.model} ${one.name}`}>
            <AttributeText {...one} />: {RESULTS[result]}
            {reason !== undefined && `, ${reason}`}
          </li>
        ))}
      </ul>
      <p>
        The values of these attributes arrive from now on. <a href={linkTo('source', 'editor')}>Send the file again</a>{' '}
        for those that were left out.
      </p>
    </div>
  )
}

const AttributeText = ({ model, name, type }: MissingAttribute) => (
  <>
    <code>{name}</code> of {model === 'contact' ? 'people' : 'companies'}, <code>{type}</code>
  </>
)
