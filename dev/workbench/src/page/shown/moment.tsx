/** Where the time of the day begins and ends in an ISO 8601 time. */
const [TIME_FROM, MILLISECONDS_FROM] = [11, 19]

interface MomentProps {
  /** Milliseconds since 1970. */
  readonly at: number
  /** Without the day, which is in the title. */
  readonly isShort?: boolean
}

/** Times have the one form that events and Intercom's tables have: ISO 8601 in UTC, `2026-11-09T08:00:00Z`. */
export function Moment({ at, isShort = false }: MomentProps) {
  const iso = new Date(at).toISOString()
  return (
    <time dateTime={iso} title={iso}>
      {iso.slice(isShort ? TIME_FROM : 0, MILLISECONDS_FROM)}Z
    </time>
  )
}
