/** Email addresses, tag names and event names are compared without regard to case. */
export const folded = (text: string): string => text.toLowerCase()
