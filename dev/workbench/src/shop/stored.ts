/** What the browser keeps under a name; nothing where that is not what it should be, or nothing may be kept. */
export function readStored<T>(name: string, isRight: (value: unknown) => value is T): T | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(name) ?? 'null')
    return isRight(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Keeps it if the browser lets it; the shop works without. */
export function writeStored(name: string, value: unknown): void {
  try {
    localStorage.setItem(name, JSON.stringify(value))
  } catch {
    // A full or forbidden storage.
  }
}
