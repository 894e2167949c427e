/**
 * As much of dayjs, with its UTC plugin, as the shared mapping asks for: it hands over the midnight of a day as a complete
 * ISO text, and looks whether the same day comes back. Every browser does that by itself. 3.7 KB of the page's load time,
 * gzipped. A test holds it to dayjs.
 */
function utc(iso: string): { valueOf(): number; format(): string } {
  const milliseconds = Date.parse(iso)
  return {
    valueOf: () => milliseconds,
    format: () => (Number.isNaN(milliseconds) ? 'Invalid Date' : new Date(milliseconds).toISOString().slice(0, 10))
  }
}

/** dayjs proper and, under `dayjs/plugin/utc`, the plugin: extending the one by the other changes nothing here. */
export default { utc, extend: (): void => undefined }
