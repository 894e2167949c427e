export function MappingsView() {
  return <h1>Mappings</h1>
}
