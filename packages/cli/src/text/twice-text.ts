import { plural } from './text-layout'

/** What a number of events, at least one, say about the web destination of their page. */
export const toTwiceText = (count: number): string => {
  const [say, them, each] = count === 1 ? ['says', 'it', 'it'] : ['say', 'them', 'each']
  return `${plural(count, 'event')} ${say} that the web destination of the page got ${them} as well, so Intercom counts ${each} twice, unless both have the same second.`
}
