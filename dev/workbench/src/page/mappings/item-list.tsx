import { useRef } from 'preact/hooks'
import type { FieldCard, Json } from '../../contract'
import { FieldProblem } from '../form/labelled-field'
import { problemAt } from '../form/problems-under'
import { RemoveButton } from '../form/remove-button'
import { AskWorkspace, useOfferedList } from './ask-workspace'
import { useEditing } from './editing'
import { findSourceProblem } from './field-problems'
import { SourceEditor } from './source-editor'

interface ItemListProps {
  readonly id: string
  readonly label: string
  readonly keys: readonly string[]
  readonly field: FieldCard
  readonly items: readonly Json[]
  readonly onItems: (items: readonly Json[]) => void
}

/** A list in which each item has its own source. */
export function ItemList({ id, label, keys, field, items, onItems }: ItemListProps) {
  const { multiple: _, ...single } = field
  const adding = useRef<HTMLButtonElement>(null)
  const offered = useOfferedList(keys[0] ?? '', false)
  const { problems } = useEditing()
  const findItemProblem = (item: Json, index: number) =>
    findSourceProblem(item) ?? problemAt(problems, `mapping.${keys.join('.')}[${index}]`)
  return (
    <div class="item-list">
      {items.map((item, index) => (
        <div class="key-row" key={index}>
          <SourceEditor
            id={`${id}-${index}`}
            label={`${label} ${index + 1}`}
            keys={[...keys, String(index)]}
            field={single}
            value={item}
            offered={offered}
            problem={findItemProblem(item, index)}
            isPart
            onValue={(next) => {
              if (next !== undefined) onItems(items.map((other, at) => (at === index ? next : other)))
            }}
          />
          <RemoveButton
            what={`${label} ${index + 1}`}
            next={adding}
            onRemove={() => {
              onItems(items.filter((_item, at) => at !== index))
            }}
          />
          <FieldProblem id={`${id}-${index}`} problem={findItemProblem(item, index)} />
        </div>
      ))}
      <div class="bar">
        <button
          ref={adding}
          type="button"
          class="small"
          onClick={() => {
            onItems([...items, field.type === 'object' ? {} : ''])
          }}
        >
          Add one
        </button>
        {field.dynamic === true && <AskWorkspace field={keys[0] ?? ''} label={label} keys={false} />}
      </div>
    </div>
  )
}
