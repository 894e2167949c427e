/** The number of characters that fit beside a field; a longer text is folded. */
const SHORT = 110
const FIRST_SENTENCE = /^(.+?[.?!])\s+(?=\S)/s

/** The help of a field: the whole text where it is short, else its first sentence and a button for the rest. */
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

/** A description from a definition: plain text, with backticks around literal values. */
function DescribedText({ text }: { readonly text: string }) {
  return <>{text.split('`').map((part, index) => (index % 2 === 0 ? part : <code key={index}>{part}</code>))}</>
}
