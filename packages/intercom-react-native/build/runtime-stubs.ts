/** The template engine is not available in an app: a template passes through unchanged. */
export const evaluateLiquid = (template: unknown): unknown => template
export const getLiquidKeys = (): string[] => []

/** The mapping kit would validate the whole mapping before each event. The plugin does this once, when it is created. */
export default function validateMapping(): void {}
