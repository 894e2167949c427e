export function IntercomView() {
  return <h1>Intercom</h1>
}
