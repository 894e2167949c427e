import type { Json } from '../../contract'
import { Folded } from '../shown/folded'
import { JsonText } from '../shown/json'

/** Longer JSON is folded, so that the rest of the trace stays visible. */
const OPEN_UP_TO_LINES = 24

interface FoldedJsonProps {
  readonly title: string
  readonly label: string
  readonly value: Json
  readonly marked?: readonly string[]
  /** Folded even if short, because it is rarely needed. */
  readonly isAside?: boolean
}

/** JSON that is folded unless it is short. */
export function FoldedJson({ title, label, value, marked, isAside = false }: FoldedJsonProps) {
  const lines = JSON.stringify(value, null, 2).split('\n').length
  return (
    <Folded title={title} size={lines === 1 ? '' : `${lines} lines`} open={!isAside && lines <= OPEN_UP_TO_LINES}>
      <JsonText value={value} label={label} {...(marked ? { marked } : {})} />
    </Folded>
  )
}
