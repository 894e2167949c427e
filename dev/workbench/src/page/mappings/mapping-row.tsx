import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { DestinationCard, SubscriptionRow } from '../../contract'
import { describing, FieldProblem } from '../form/labelled-field'
import { Switch } from '../form/switch'
import { TextInput } from '../form/text-input'
import { linkTo } from '../route'
import { findNameProblem } from './field-problems'
import { IgnoredParts, SHOW_MARKS } from './ignored-parts'
import { changeRow, changeRows, ignoredOf, isRowDirty, keyedRows, refusedOf } from './mapping-drafts'
import { withCopy } from './subscription-rows'

interface MappingRowProps {
  readonly card: DestinationCard
  readonly rowKey: string
  readonly row: SubscriptionRow
  readonly index: number
}

/** A mapping in the list: its switch, its name, its trigger and its action. */
export function MappingRow({ card: { half, actions }, rowKey, row, index }: MappingRowProps) {
  const [isNaming, setNaming] = useState(false)
  const [nameBefore, setNameBefore] = useState('')
  const naming = useRef<HTMLFormElement>(null)
  const renaming = useRef<HTMLButtonElement>(null)
  const item = useRef<HTMLLIElement>(null)
  const hasNamed = useRef(false)
  useLayoutEffect(() => {
    if (isNaming) naming.current?.querySelector('input')?.select()
    else if (hasNamed.current) renaming.current?.focus()
    hasNamed.current = isNaming
  }, [isNaming])
  const wrong = refusedOf(half, rowKey).length
  const ignored = ignoredOf(half, rowKey)
  const place = ['mappings', half, String(index)] as const
  const nameProblem = findNameProblem(row.name)
  const change = (changed: Partial<SubscriptionRow>, what: string) => {
    changeRow(half, rowKey, changed, what)
  }
  return (
    <li ref={item} class={row.enabled ? 'card mapping-row' : 'card mapping-row off'}>
      <Switch
        quiet
        label={`${row.name} enabled`}
        on={row.enabled}
        onSwitch={(enabled) => {
          change({ enabled }, 'enabled')
        }}
      />
      <div>
        {isNaming ? (
          <form
            ref={naming}
            class="bar"
            onSubmit={(event) => {
              event.preventDefault()
              if (nameProblem === undefined) setNaming(false)
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return
              change({ name: nameBefore }, 'name')
              setNaming(false)
            }}
          >
            <TextInput
              {...describing(`name-${rowKey}`, nameProblem)}
              aria-label="Name"
              value={row.name}
              onText={(name) => {
                change({ name }, 'name')
              }}
            />
            <button type="submit" class="small">
              Done
            </button>
            <FieldProblem id={`name-${rowKey}`} problem={nameProblem} />
          </form>
        ) : (
          <h2>
            <a href={linkTo(...place)}>{row.name === '' ? 'Without a name' : row.name}</a>
          </h2>
        )}
        <p>
          <code class="trigger">{row.subscribe}</code> <span aria-hidden="true">→</span>
          <span class="sr">becomes</span> {actions[row.partnerAction]?.title ?? row.partnerAction}
          {isRowDirty(half, rowKey) && <span class="badge warn">not saved</span>}
          {wrong > 0 && <span class="badge bad">{wrong === 1 ? '1 problem' : `${wrong} problems`}</span>}
        </p>
        <IgnoredParts parts={ignored} action={actions[row.partnerAction]} link={linkTo(...place, SHOW_MARKS)} />
      </div>
      <div class="mapping-does">
        <a class="button small" href={linkTo(...place)}>
          Edit <span class="sr">{row.name}</span>
        </a>
        <button
          ref={renaming}
          type="button"
          class="small plain"
          onClick={() => {
            setNameBefore(row.name)
            setNaming(!isNaming)
          }}
        >
          Rename <span class="sr">{row.name}</span>
        </button>
        <button
          type="button"
          class="small plain"
          onClick={() => {
            changeRows(half, withCopy(keyedRows(half), rowKey))
          }}
        >
          Duplicate <span class="sr">{row.name}</span>
        </button>
        <button
          type="button"
          class="small plain"
          onClick={() => {
            focusBeside(item.current)
            changeRows(
              half,
              keyedRows(half).filter(({ key }) => key !== rowKey)
            )
          }}
        >
          Delete <span class="sr">{row.name}</span>
        </button>
      </div>
    </li>
  )
}

/** Moves the focus, because the pressed button is removed with its row. */
function focusBeside(item: HTMLLIElement | null): void {
  const beside = item?.nextElementSibling ?? item?.previousElementSibling
  const other = beside?.querySelector('a') ?? document.querySelector('.add-mapping button')
  if (other instanceof HTMLElement) other.focus()
}
