import type { DestinationCard, SubscriptionRow } from '../../contract'
import { describing, FieldProblem } from '../form/labelled-field'
import { problemAt } from '../form/problems-under'
import { Switch } from '../form/switch'
import { TextInput } from '../form/text-input'
import { goTo, linkTo } from '../route'
import { findNameProblem } from './field-problems'
import { changeRows, keyedRows, refusedOf } from './mapping-drafts'
import { withCopy } from './subscription-rows'

interface MappingHeadProps {
  readonly card: DestinationCard
  readonly rowKey: string
  readonly row: SubscriptionRow
  readonly index: number
  readonly onChange: (changed: Partial<SubscriptionRow>, touched: string) => void
}

/** The name of a mapping and the actions for it. */
export function MappingHead({ card, rowKey, row, index, onChange }: MappingHeadProps) {
  const { half, name, actions } = card
  const problem = findNameProblem(row.name) ?? problemAt(refusedOf(half, rowKey), 'name')
  const action = actions[row.partnerAction]
  return (
    <header>
      <nav class="crumbs" aria-label="Where you are">
        <a href={linkTo('mappings', half)}>{name}</a> <span aria-hidden="true">/</span>
      </nav>
      <h1 class="sr">Mapping: {row.name}</h1>
      <div class="bar">
        <div class="mapping-name">
          <TextInput
            {...describing('mapping-name', problem)}
            aria-label="Name of the mapping"
            value={row.name}
            onText={(text) => {
              onChange({ name: text }, 'name')
            }}
          />
          <FieldProblem id="mapping-name" problem={problem} />
        </div>
        <Switch
          label={row.enabled ? 'Enabled' : 'Disabled'}
          on={row.enabled}
          onSwitch={(enabled) => {
            onChange({ enabled }, 'enabled')
          }}
        />
        <button
          type="button"
          class="push small"
          onClick={() => {
            changeRows(half, withCopy(keyedRows(half), rowKey))
            goTo('mappings', half, String(index + 1))
          }}
        >
          Duplicate
        </button>
        <button
          type="button"
          class="small"
          onClick={() => {
            changeRows(
              half,
              keyedRows(half).filter(({ key }) => key !== rowKey)
            )
            goTo('mappings', half)
          }}
        >
          Delete
        </button>
      </div>
      <p class="lead">
        <strong>{action?.title ?? row.partnerAction}</strong> {action?.description}
      </p>
    </header>
  )
}
