import { toSubscriptions, type Subscription } from '@intercom-destinations/delivery'
import { intercomCloud } from '@intercom-destinations/intercom-cloud'

const { actions, presets = [] } = intercomCloud()
const TITLES: ReadonlyMap<string, string> = new Map(Object.entries(actions).map(([key, { title }]) => [key, title]))

/** What connecting the destination in Segment switches on. */
export const PRESETS: readonly Subscription[] = toSubscriptions(presets)

/** What a subscription is called: its own name, else the title of its action. */
export const toSubscriptionName = ({ name, action }: Pick<Subscription, 'name' | 'action'>): string =>
  name ?? TITLES.get(action) ?? action
