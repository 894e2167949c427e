import { isSegmentEvent } from '@intercom-destinations/delivery'
import { traceWeb, WEB_DEFINITION } from '../trace/trace-web'
import { toLostTexts, type CheckedDestination } from './checked-destination'

/** The web destination, whose sample events run through its plugin. */
export const WEB: CheckedDestination = {
  half: 'web',
  name: WEB_DEFINITION.name,
  actions: WEB_DEFINITION.actions,
  findOwnWarnings: ({ mapping }) =>
    JSON.stringify(mapping).includes('"@liquid"')
      ? ['mapping: A page does not render @liquid, and sends the text as it stands. Use @template or @path.']
      : [],
  findLosses: async (row, { type, json }) => {
    if (type === 'screen') return ['A page makes no screen calls, so no event comes through this mapping.']
    if (!isSegmentEvent(json)) return []
    const { subscriptions } = await traceWeb(json, { subscriptions: [{ ...row, subscribe: `type = "${type}"` }] })
    const runs = subscriptions.flatMap(({ run }) => run ?? [])
    return runs.flatMap(({ failure, losses, doubtful }) => toLostTexts({ refusal: failure, losses, doubtful }))
  }
}
