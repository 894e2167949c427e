import type { Json } from '../../contract'
import { Folded } from '../shown/folded'
import { JsonText } from '../shown/json'

/** Longer than this it would push the rest of the way out of sight. */
const OPEN_UP_TO_LINES = 24

interface FoldedJsonProps {
  readonly title: string
  readonly label: string
  readonly value: Json
  readonly marked?: readonly string[]
  /** Not what one looks for, however short. */
  readonly isAside?: boolean
}

/** JSON that is open where it is short. */
export function FoldedJson({ title, label, value, marked, isAside = false }: FoldedJsonProps) {
  const lines = JSON.stringify(value, null, 2).split('\n').length
  return (
    <Folded title={title} size={lines === 1 ? '' : `${lines} lines`} open={!isAside && lines <= OPEN_UP_TO_LINES}>
      <JsonText value={value} label={label} {...(marked ? { marked } : {})} />
    </Folded>
  )
}
