/** A description from a definition: plain text, with backticks around literal values. */
export function DescribedText({ text }: { readonly text: string }) {
  return <>{text.split('`').map((part, index) => (index % 2 === 0 ? part : <code key={index}>{part}</code>))}</>
}
