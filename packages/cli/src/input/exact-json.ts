/** Digits of a number that may be beyond 2^53: JavaScript keeps only about the first sixteen digits of those. */
const LONG_DIGITS = /\d{16}/
const NUMBER = /-?\d[\d.eE+-]*/g
const INTEGER = /^-?\d+$/
const QUOTE = '"'
const BACKSLASH = '\\'

/**
 * Parses JSON as `JSON.parse` does, except that an integer which a JavaScript number cannot hold becomes the text of its
 * digits. The id 738529527931269425 keeps its digits, while the number would be rounded to the id of another person.
 */
export function parseExactJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  return LONG_DIGITS.test(text) ? JSON.parse(quoteLongIntegers(text)) : value
}

/** Puts integers that would be rounded into quotation marks. Takes valid JSON; one pass, in linear time. */
function quoteLongIntegers(json: string): string {
  const parts: string[] = []
  for (let start = 0; start < json.length;) {
    const quote = json.indexOf(QUOTE, start)
    const outside = json.slice(start, quote === -1 ? json.length : quote)
    parts.push(outside.replace(NUMBER, toExact))
    if (quote === -1) break
    start = findEndOfString(json, quote)
    parts.push(json.slice(quote, start))
  }
  return parts.join('')
}

/** The index behind the quotation mark that ends the string at `start`. */
function findEndOfString(json: string, start: number): number {
  for (let end = json.indexOf(QUOTE, start + 1); end !== -1; end = json.indexOf(QUOTE, end + 1)) {
    let before = end
    while (json[before - 1] === BACKSLASH) before -= 1
    if ((end - before) % 2 === 0) return end + 1
  }
  return json.length
}

/** A number that JavaScript prints with the same digits stays a number. */
const toExact = (number: string): string =>
  LONG_DIGITS.test(number) && INTEGER.test(number) && String(Number(number)) !== number
    ? QUOTE + number + QUOTE
    : number
