/**
 * Imports of Segment's runtime and mapping kit that this destination never uses: the script loader (ours reports errors),
 * and the template engine (not available in a browser: a template passes through unchanged).
 */
export const loadScript = undefined
export const resolveWhen = undefined
export const evaluateLiquid = (template: unknown): unknown => template
export const getLiquidKeys = (): string[] => []

/**
 * The mapping kit validates the whole mapping before each event. Segment does this when the mapping is saved, and the
 * directives refuse invalid input themselves.
 */
export default function validateMapping(): void {}
