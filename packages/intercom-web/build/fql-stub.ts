/**
 * Segment's event filter language for the browser bundles: `parseFql` and `validate` of @segment/destination-subscriptions
 * in a quarter of their size. Here `parseFql` returns the filter as a function, so there is no syntax tree. Oddities of the
 * original are kept, because saved filters rely on them; a property test compares the two.
 */
type Filter = (event: object) => boolean
type Reader = (event: object) => unknown

/**
 * A token is its text: `=`, `and`, `"a text"`, `19.5`. A name has this mark before it, because a name with escapes may look
 * like any other token.
 */
const NAME = '$'
const END = 'eos'

const isName = (token: string | undefined) => token?.startsWith(NAME) === true
const withoutMark = (token: string) => (isName(token) ? token.slice(1) : token)

/** For the end of the text, too. */
const isTerminator = (char: string) => /^[ \t\n,\])]?$/.test(char)

/** No one reads why a filter cannot be read: it passes no event. */
function refuse(): never {
  throw new Error()
}

/** Splits a filter into tokens; throws for text that is not part of the language. `properties.a.b` is one name. */
function lex(code: string): string[] {
  const tokens: string[] = []
  let at = 0
  const peek = () => code.charAt(at)

  /** Reads a whole word, if it is next. Text that ends within it is consumed, as in the original. */
  function accept(word: string): boolean {
    const rest = code.slice(at)
    const isNext = rest.startsWith(word) && isTerminator(rest.charAt(word.length))
    if (isNext) at += word.length
    else if (rest.length < word.length && !/[ \t\n,\])]/.test(rest)) at = code.length
    return isNext
  }

  function readName(first: string): string {
    const toChar = (char: string) => (char === '\\' ? code.charAt(at++) || refuse() : char)
    let name = NAME + toChar(first)
    while (/[a-z\d_\\-]/i.test(peek())) name += toChar(code.charAt(at++))
    return isTerminator(peek()) || /[.(=!]/.test(peek()) ? name : refuse()
  }

  function readToken(char: string): string {
    if (char === '!') return /[a-z(]/i.test(peek()) ? char : accept('=') ? '!=' : refuse()
    if (/[a-z\\_]/i.test(char)) {
      const word = ['and', 'or', 'null'].find((one) => one.startsWith(char) && accept(one.slice(1)))
      return word ?? readName(char)
    }
    if (/[<>]/.test(char)) return accept('=') ? `${char}=` : char
    if (/[\d+-]/.test(char)) {
      const [digits = ''] = /^[\d.]*/.exec(code.slice(at)) ?? []
      at += digits.length
      return /\..*\./.test(digits) || (digits.endsWith('.') && isTerminator(peek())) ? refuse() : char + digits
    }
    if (/["']/.test(char)) {
      const end = code.indexOf(char, at)
      const text = char + code.slice(at, end + 1)
      at = end < 0 ? refuse() : end
      // A quote followed by more text closes this string and opens the next.
      accept(char)
      return text
    }
    return /[=.[\],()]/.test(char) ? char : refuse()
  }

  while (peek() !== '') {
    const char = code.charAt(at++)
    if (/[ \t\n]/.test(char)) continue
    const token = readToken(char)
    const [owner = '', dot] = tokens.slice(-2)
    if (dot === '.' && isName(owner) && isName(token)) tokens.splice(-2, 2, `${owner}.${withoutMark(token)}`)
    else tokens.push(token)
  }
  return [...tokens, END]
}

/** The places of an event, by what they can be compared with: texts; also `null`; also `true` and `false`; also numbers. */
const PLACES = [['type', 'event'], ['name'], ['userId'], ['context', 'properties', 'traits']]
const WITH_NULL = 1
const WITH_BOOLEANS = 2
const WITH_NUMBERS = 3

const isNumber = (token: string) => /^[\d+-]/.test(token)

function toValue(token: string): string | number | boolean {
  if (isNumber(token)) return Number(token)
  if (token.startsWith('"')) return token.slice(1, -1)
  return /^\$(true|false)$/.test(token) ? token === '$true' : withoutMark(token)
}

/** Reads the value of a name in a filter; `properties` alone is the property of that name. */
function toReader(place: string, name: string): Reader {
  const get = (value: unknown, key: string): unknown => Reflect.get(new Object(value), key)
  if (PLACES[WITH_NUMBERS]?.includes(place) !== true) return (event) => get(event, place)
  const path = name.replace(`${place}.`, '').match(/[^[.\]]+/g) ?? []
  return (event) => path.reduce((value, key) => (value ? get(value, key) : value), get(event, place))
}

function toCondition(read: Reader, kind: number, operator: string, token: string): Filter {
  const isEqual = operator === '='
  const text = withoutMark(token)
  if (isEqual || operator === '!=') {
    if (kind >= WITH_NULL && text === 'null') return (event) => ((read(event) ?? null) === null) === isEqual
    if (kind >= WITH_BOOLEANS && isEqual && /^(true|false)$/.test(text))
      return (event) => read(event) === (text === 'true')
    if (kind >= WITH_NUMBERS && isNumber(token))
      return (event) => {
        const actual = read(event)
        return typeof actual === 'number' && (actual === Number(token)) === isEqual
      }
    return (event) => (read(event) === String(toValue(token))) === isEqual
  }
  const limit = Number(kind === WITH_NUMBERS ? toValue(token) : String(toValue(token)))
  return (event) => {
    const actual = read(event)
    if (typeof actual !== 'number') return false
    if (operator === '<') return actual < limit
    if (operator === '<=') return actual <= limit
    return operator === '>' ? actual > limit : operator === '>=' && actual >= limit
  }
}

const isFunction = (token: string | undefined) => token === '$contains' || token === '$match'

/** `contains(event, "x")`, and `match` with a star at one end. */
function toTextFilter(functionName: string, name: string, token: string, isNegated: boolean): Filter | undefined {
  const [place] = /^(properties|traits|context)|^(event|name|userId)$/.exec(name) ?? []
  if (place === undefined) return undefined
  const read = toReader(place, name)
  const text = String(toValue(token))
  return (event) => {
    const actual = read(event)
    if (typeof actual !== 'string') return false
    const isFound =
      functionName === '$contains'
        ? actual.includes(text)
        : token.endsWith('*"')
          ? actual.startsWith(text.slice(0, -1))
          : actual.endsWith(text.slice(1))
    return isFound !== isNegated
  }
}

/** Parses the tokens up to the end. The last conditional of a group decides how the group is joined. */
function parse(tokens: string[]): Filter {
  const filters: Filter[] = []
  let isAny = false
  const shift = () => tokens.shift() ?? refuse()
  const readFunction = (name: string, isNegated: boolean): void => {
    shift()
    const place = withoutMark(shift())
    shift()
    const filter = toTextFilter(name, place, shift(), isNegated)
    tokens.shift()
    if (filter) filters.push(filter)
  }
  // A function at the end of a group has already consumed the end token.
  for (let token = tokens.shift(); token !== undefined && token !== END; token = tokens.shift()) {
    if (isName(token)) {
      const name = withoutMark(token)
      const [place = ''] = name.split('.')
      const kind = PLACES.findIndex((places) => places.includes(place))
      if (kind >= 0) filters.push(toCondition(toReader(place, name), kind, shift(), shift()))
      if (isFunction(token)) readFunction(token, false)
    } else if (token === '!') {
      if (isFunction(tokens[0])) readFunction(shift(), true)
    } else if (token === '(') {
      const end = tokens.indexOf(')')
      filters.push(parse([...tokens.splice(0, end < 0 ? refuse() : end + 1).slice(0, -1), END]))
    } else if (token === 'and' || token === 'or') isAny = token === 'or'
  }
  return (event) => {
    if (filters.length === 0) refuse()
    return isAny ? filters.some((is) => is(event)) : filters.every((is) => is(event))
  }
}

/** The filter as a function. An invalid text, or one with an empty part, passes no event. */
export function parseFql(fql: string): Filter {
  let filter: Filter | undefined
  return (event) => {
    try {
      filter ??= parse(lex(fql))
      return filter(event)
    } catch {
      return false
    }
  }
}
