import type { ListVersion } from '@intercom-destinations/emulator'

interface BeforeAndAfter<T> {
  readonly before: T | undefined
  readonly after: T | undefined
}

/**
 * One entity in two versions of a list. New entities are appended and the others keep their order, so even among ten
 * thousand contacts one comparison is mostly enough for the earlier version.
 */
export function findBoth<T>(before: ListVersion<T>, after: ListVersion<T>, is: (one: T) => boolean): BeforeAndAfter<T> {
  const place = findLastPlace(after, is)
  if (place === undefined) return { before: before.find(is), after: undefined }
  const there = before.at(place)
  // After a removal the later entities have moved towards the beginning.
  return { before: there === undefined || is(there) ? there : before.find(is), after: after.at(place) }
}

function findLastPlace<T>(list: ListVersion<T>, is: (one: T) => boolean): number | undefined {
  for (let place = list.length - 1; place >= 0; place -= 1) {
    const one = list.at(place)
    if (one !== undefined && is(one)) return place
  }
  return undefined
}
