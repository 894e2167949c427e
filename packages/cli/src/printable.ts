/** Names come from files and servers: a terminal must not be steered by them, so control characters become a dot. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, '·')
