const SECONDS_PER_MINUTE = 60
const MINUTES_PER_HOUR = 60

/** A duration such as `4.2 s`, `3 min 20 s` or `2 h 5 min`. */
export function toDurationText(seconds: number): string {
  if (seconds < SECONDS_PER_MINUTE) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  const minutes = Math.floor(whole / SECONDS_PER_MINUTE)
  if (minutes < MINUTES_PER_HOUR) return `${minutes} min ${whole % SECONDS_PER_MINUTE} s`
  return `${Math.floor(minutes / MINUTES_PER_HOUR)} h ${minutes % MINUTES_PER_HOUR} min`
}
