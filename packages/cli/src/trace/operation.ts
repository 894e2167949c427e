/** The words in Intercom's paths; everything else in a path is somebody's id. */
const WORDS: ReadonlySet<string> = new Set(
  'me contacts companies events tags data_attributes search find_by_external_id archive unarchive merge block auth'.split(
    ' '
  )
)
const ID_FOLLOWS: ReadonlySet<string> = new Set(['find_by_external_id'])

/** A request by its operation, ids left out: `POST /contacts/{id}/companies`. */
export function toOperation(method: string, url: string): string {
  const segments = new URL(url).pathname.split('/').slice(1)
  const names = segments.map((segment, index) => {
    const before = segments[index - 1]
    const isWord = WORDS.has(segment) && !(before !== undefined && ID_FOLLOWS.has(before))
    return isWord ? segment : '{id}'
  })
  return `${method} /${names.join('/')}`
}
