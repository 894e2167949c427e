import type { Half } from '../../contract'
import { state } from '../live'
import { linkTo } from '../route'

/** Why no mapping of the destination runs, if none does. */
export function DestinationNote({ half }: { readonly half: Half }) {
  const now = state.value
  if (!now) return null
  const isOff = !now.destinations[half].enabled
  const isUnconnected = half === 'cloud' && now.connection.kind === 'none'
  if (!isOff && !isUnconnected) return null
  return (
    <p class="note warn">
      {isOff ? 'This destination is disabled' : 'No workspace is connected'}, so none of these runs.{' '}
      <a href={linkTo('catalog', half)}>{isOff ? 'Enable it' : 'Connect one'} in the catalog.</a>
    </p>
  )
}
