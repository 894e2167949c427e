/** A description of a definition: plain text, where backticks stand around what is meant literally. */
export function DescribedText({ text }: { readonly text: string }) {
  return <>{text.split('`').map((part, index) => (index % 2 === 0 ? part : <code key={index}>{part}</code>))}</>
}
