import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { DestinationCard, SubscriptionRow } from '../../contract'
import { problemsUnder } from '../form/problems-under'
import { Switch } from '../form/switch'
import { TextInput } from '../form/text-input'
import { linkTo } from '../route'
import { changeRows, currentRows, isRowDirty, refusedPlaces } from './mapping-drafts'
import { withCopy } from './subscription-rows'

interface MappingRowProps {
  readonly card: DestinationCard
  readonly row: SubscriptionRow
  readonly index: number
}

/** A row of the list: on or off, its name, what it takes and what it does with it. */
export function MappingRow({ card: { half, actions }, row, index }: MappingRowProps) {
  const [isNaming, setNaming] = useState(false)
  const naming = useRef<HTMLFormElement>(null)
  useLayoutEffect(() => {
    if (isNaming) naming.current?.querySelector('input')?.select()
  }, [isNaming])
  const place = `subscriptions[${index}]`
  const wrong = problemsUnder(refusedPlaces(half), place).length
  const rows = currentRows(half)
  const change = (changed: Partial<SubscriptionRow>, what: string) => {
    changeRows(
      half,
      rows.map((other, at) => (at === index ? { ...row, ...changed } : other)),
      `${place}.${what}`
    )
  }
  return (
    <li class={row.enabled ? 'card mapping-row' : 'card mapping-row off'}>
      <Switch
        quiet
        label={`${row.name} enabled`}
        on={row.enabled}
        onSwitch={(enabled) => {
          change({ enabled }, 'enabled')
        }}
      />
      <div class="mapping-what">
        {isNaming ? (
          <form
            ref={naming}
            class="bar"
            onSubmit={(event) => {
              event.preventDefault()
              setNaming(false)
            }}
          >
            <TextInput
              aria-label="Name"
              value={row.name}
              onText={(name) => {
                change({ name }, 'name')
              }}
            />
            <button type="submit" class="small">
              Done
            </button>
          </form>
        ) : (
          <h2>
            <a href={linkTo('mappings', half, String(index))}>{row.name === '' ? 'Without a name' : row.name}</a>
          </h2>
        )}
        <p>
          <code class="trigger">{row.subscribe}</code> <span aria-hidden="true">→</span>
          <span class="sr">becomes</span> {actions[row.partnerAction]?.title ?? row.partnerAction}
          {isRowDirty(half, index) && <span class="badge warn">not saved</span>}
          {wrong > 0 && <span class="badge bad">{wrong === 1 ? '1 problem' : `${wrong} problems`}</span>}
        </p>
      </div>
      <div class="mapping-does">
        <a class="button small" href={linkTo('mappings', half, String(index))}>
          Edit <span class="sr">{row.name}</span>
        </a>
        <button
          type="button"
          class="small plain"
          onClick={() => {
            setNaming(!isNaming)
          }}
        >
          Rename <span class="sr">{row.name}</span>
        </button>
        <button
          type="button"
          class="small plain"
          onClick={() => {
            changeRows(half, withCopy(rows, index))
          }}
        >
          Duplicate <span class="sr">{row.name}</span>
        </button>
        <button
          type="button"
          class="small plain"
          onClick={() => {
            changeRows(
              half,
              rows.filter((_, at) => at !== index)
            )
          }}
        >
          Delete <span class="sr">{row.name}</span>
        </button>
      </div>
    </li>
  )
}
