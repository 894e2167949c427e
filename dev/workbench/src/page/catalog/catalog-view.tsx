export function CatalogView() {
  return <h1>Catalog</h1>
}
