import { toSubscriptions, type Subscription } from '@intercom-destinations/delivery'
import { intercomCloud } from '@intercom-destinations/intercom-cloud'

const { actions, presets } = intercomCloud()
const TITLES: ReadonlyMap<string, string> = new Map(Object.entries(actions).map(([key, { title }]) => [key, title]))

/** The subscriptions that connecting the destination in Segment enables. */
export const PRESETS: readonly Subscription[] = toSubscriptions(presets)

/** The name of a subscription, or the title of its action. */
export const toSubscriptionName = ({ name, action }: Pick<Subscription, 'name' | 'action'>): string =>
  name ?? TITLES.get(action) ?? action
