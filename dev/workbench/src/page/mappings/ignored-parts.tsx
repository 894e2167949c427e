import type { ActionCard, Problem } from '../../contract'

/** The part of a mapping's address after which its editor goes to the first mark. */
export const SHOW_MARKS = 'marks'

interface IgnoredPartsProps {
  readonly parts: readonly Problem[]
  readonly action: ActionCard | undefined
  /** The editor, where each part is marked at its field. */
  readonly link: string
}

/** What Segment takes of a mapping without a word, and ignores. */
export function IgnoredParts({ parts, action, link }: IgnoredPartsProps) {
  if (parts.length === 0) return null
  return (
    <ul class="ignored-parts">
      {parts.map(({ path, message }) => (
        <li key={path}>
          <a class="badge warn" href={link}>
            {toPlaceText(path, action)}
          </a>{' '}
          {message}
        </li>
      ))}
    </ul>
  )
}

/** `subscribe` is the trigger, `mapping.email` a field by its label, `mapping.company.id` a part of one. */
function toPlaceText(path: string, action: ActionCard | undefined): string {
  if (path === 'subscribe') return 'Trigger'
  const [, key = '', rest = ''] = /^mapping\.([^.[]+)(.*)$/.exec(path) ?? []
  const fields = action?.fields ?? {}
  const label = Object.hasOwn(fields, key) ? fields[key]?.label : undefined
  return `${label ?? path}${label === undefined ? '' : rest}`
}
