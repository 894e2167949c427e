const MS_PER_SECOND = 1000

/** Unix seconds as ISO 8601, `2026-11-09T08:00:00Z`; seconds that are no time stay as they are. */
export function toIso(seconds: number | null): string | number | null {
  const time = new Date((seconds ?? 0) * MS_PER_SECOND)
  return seconds === null || Number.isNaN(time.getTime()) ? seconds : time.toISOString().replace('.000Z', 'Z')
}
