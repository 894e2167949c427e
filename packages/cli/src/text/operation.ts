/** The fixed segments of Intercom's paths; every other segment is an id. */
const WORDS: ReadonlySet<string> = new Set(
  (
    'me admins contacts companies events tags data_attributes search find_by_external_id archive unarchive merge block auth ' +
    'subscription_types subscriptions visitors convert'
  ).split(' ')
)
const ID_FOLLOWS: ReadonlySet<string> = new Set(['find_by_external_id'])

/** The operation of a request without ids, such as `POST /contacts/{id}/companies`. */
export function toOperation(method: string, url: string): string {
  const segments = new URL(url).pathname.split('/').slice(1)
  const names = segments.map((segment, index) => {
    const before = segments[index - 1]
    const isWord = WORDS.has(segment) && !(before !== undefined && ID_FOLLOWS.has(before))
    return isWord ? segment : '{id}'
  })
  return `${method} /${names.join('/')}`
}
