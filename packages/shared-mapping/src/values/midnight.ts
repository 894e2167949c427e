import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc'

dayjs.extend(utc)

const MILLISECONDS_PER_SECOND = 1000

/** The Unix seconds at which a day such as `2024-03-07` begins, in UTC; NaN if no calendar has the day. */
export function midnightOf(date: string): number {
  const midnight = dayjs.utc(`${date}T00:00:00Z`)
  // dayjs reads 2024-02-30 as a day in March, so the formatted date differs.
  return midnight.format('YYYY-MM-DD') === date ? midnight.valueOf() / MILLISECONDS_PER_SECOND : NaN
}
