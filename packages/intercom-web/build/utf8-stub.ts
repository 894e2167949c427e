/** Every browser has a `TextEncoder`; older versions of React Native and jsdom do not. A test compares the two. */
export function toUtf8(text: string): readonly number[] {
  return [...new TextEncoder().encode(text)]
}
