/**
 * Stands in for liquidjs in the browser bundles, as in Segment's own: the template engine costs 23 KB gzipped, and
 * Analytics.js gets no `@liquid` mappings. A template passes through as the text it is.
 */
export class Liquid {
  parseAndRenderSync(template: string): string {
    return template
  }
  registerTag(): void {
    // A tag that is never rendered needs no entry.
  }
  registerFilter(): void {
    // Neither does a filter.
  }
  fullVariablesSync(): string[] {
    return []
  }
}
