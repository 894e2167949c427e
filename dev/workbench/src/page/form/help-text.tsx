import { DescribedText } from './described-text'

/** What fits on a line beside a field; the rest is opened by whoever wants it. */
const SHORT = 110
const FIRST_SENTENCE = /^(.+?[.?!])\s+(?=\S)/s

/** The help of a field: all of it where it is short, else its first sentence and the rest on demand. */
export function HelpText({ text, id }: { readonly text: string; readonly id?: string }) {
  const [whole = text, first = text] = FIRST_SENTENCE.exec(text) ?? []
  const rest = text.slice(whole.length)
  if (text.length <= SHORT || rest === '') {
    return (
      <p class="help" id={id}>
        <DescribedText text={text} />
      </p>
    )
  }
  return (
    <details class="help">
      <summary id={id}>
        <DescribedText text={first} />
      </summary>
      <DescribedText text={rest} />
    </details>
  )
}
