/** A run of digits that may be a number beyond 2^53, of which JavaScript keeps about the first sixteen digits only. */
const LONG_DIGITS = /\d{16}/
const NUMBER = /-?\d[\d.eE+-]*/g
const INTEGER = /^-?\d+$/
const QUOTE = '"'
const BACKSLASH = '\\'

/**
 * Parses JSON as `JSON.parse` does, except that an integer which a JavaScript number cannot hold becomes the text of its
 * digits: ids such as 738529527931269425 keep them, where the number would be rounded to the id of another person.
 */
export function parseExactJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  return LONG_DIGITS.test(text) ? JSON.parse(quoteLongIntegers(text)) : value
}

/** Takes text that is known to be JSON. One pass, so that the cost grows with the length and no faster. */
function quoteLongIntegers(json: string): string {
  const parts: string[] = []
  for (let start = 0; start < json.length;) {
    const quote = json.indexOf(QUOTE, start)
    const outside = json.slice(start, quote === -1 ? json.length : quote)
    parts.push(outside.replace(NUMBER, toExact))
    if (quote === -1) break
    start = findEndOfText(json, quote)
    parts.push(json.slice(quote, start))
  }
  return parts.join('')
}

/** The place behind the quotation mark that ends a text. */
function findEndOfText(json: string, start: number): number {
  for (let end = json.indexOf(QUOTE, start + 1); end !== -1; end = json.indexOf(QUOTE, end + 1)) {
    let before = end
    while (json[before - 1] === BACKSLASH) before -= 1
    if ((end - before) % 2 === 0) return end + 1
  }
  return json.length
}

/** A number that JavaScript writes back with the digits it was written with stays a number. */
const toExact = (number: string): string =>
  LONG_DIGITS.test(number) && INTEGER.test(number) && String(Number(number)) !== number
    ? QUOTE + number + QUOTE
    : number
