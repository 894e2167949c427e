/**
 * What Segment's runtime and mapping kit import and this destination never uses: its own script loader (ours tells what
 * went wrong), and the template engine's front (there is none in a browser: a template passes through as the text it is).
 */
export const loadScript = undefined
export const resolveWhen = undefined
export const evaluateLiquid = (template: unknown): unknown => template
export const getLiquidKeys = (): string[] => []

/**
 * The mapping kit checks the whole mapping before each event. Segment has done that when the mapping was saved, and the
 * directives refuse what they cannot read themselves.
 */
export default function validateMapping(): void {}
