/** The files of failed lines and of their reasons, which `deliver` writes beside its input. */
const OWN_OUTPUT = /\.failed(\.\d+)?(\.reasons)?\.ndjson$/

/**
 * The names of what earlier runs wrote, among files that are read together: beside its input, lines that failed would be
 * delivered twice. Alone, they are what is to be delivered.
 */
export const findOwnOutput = (names: readonly string[]): string[] =>
  names.length === 1 ? [] : names.filter((name) => OWN_OUTPUT.test(name))
