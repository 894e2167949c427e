import { Component } from 'preact'
import type { Row } from '../../contract'
import { linkTo } from '../route'
import './event-row.css'
import { Moment } from './moment'
import { OutcomeBadge } from './outcome-badge'

interface EventRowProps {
  readonly row: Row
  readonly isOpen?: boolean
}

/**
 * An event in a list: a link to its trace. A class, because only classes have `shouldComponentUpdate`: under load most
 * rows of the list do not change.
 */
export class EventRow extends Component<EventRowProps> {
  override shouldComponentUpdate({ row, isOpen }: EventRowProps): boolean {
    return row !== this.props.row || isOpen !== this.props.isOpen
  }

  override render({ row, isOpen }: EventRowProps) {
    return (
      <a class="event-row" href={linkTo('trace', row.id)} aria-current={isOpen ? 'true' : undefined}>
        <span class="event-when">
          <Moment at={row.receivedAt} isShort />
        </span>
        <span class={`event-name ${row.name === '' ? 'event-unnamed' : ''}`}>
          {row.name === '' ? row.type : row.name}
        </span>
        <span class="event-facts">
          <span class="event-type">{row.type}</span>
          <span class="event-person">{row.person}</span>
          <span class="event-source">{row.source}</span>
          {row.differs && (
            <span class="event-differs">
              <span class="badge differs">≠ differ</span>
            </span>
          )}
        </span>
        <span class="event-outcomes">
          <span class="event-web">
            <OutcomeBadge half="web" outcome={row.web} />
          </span>
          <span class="event-cloud">
            <OutcomeBadge half="cloud" outcome={row.cloud} />
          </span>
        </span>
      </a>
    )
  }
}
