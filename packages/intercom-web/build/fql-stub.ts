/**
 * Segment's event filter language for the browser bundles: `parseFql` and `validate` of @segment/destination-subscriptions
 * in a third of their size. `parseFql` returns the filter as a function, so there is no syntax tree. Oddities of the
 * original are kept, because saved filters rely on them; a property test compares the two.
 */
type Filter = (event: object) => boolean
type Operator = (actual: unknown, expected: string | number | boolean) => boolean

interface Token {
  type: 'ident' | 'operator' | 'conditional' | 'string' | 'number' | 'null' | 'eos' | 'mark'
  value: string
}

const END = ''
const isTerminator = (char: string) => char === END || /[ \t\n,\])]/.test(char)
const END_TOKEN: Token = { type: 'eos', value: 'eos' }

/** Splits a filter into tokens; throws for text that is not part of the language. */
function lex(code: string): Token[] {
  let at = 0
  const peek = () => code.charAt(at)
  const take = (pattern: RegExp): string => {
    const [found = ''] = pattern.exec(code.slice(at)) ?? []
    at += found.length
    return found
  }
  const refuse = (): never => {
    throw new Error(`unexpected text at ${at} of ${code}`)
  }

  /** Reads a whole word, if it is next. Text that ends within it is consumed, as in the original. */
  function accept(word: string): boolean {
    const start = at
    for (const _ of word) {
      if (peek() === END) return false
      at += 1
      if (isTerminator(code.charAt(at - 1))) break
    }
    if (code.slice(start, at) === word && isTerminator(peek())) return true
    at = start
    return false
  }

  function readIdent(first: string): Token {
    let value = first === '\\' ? code.charAt(at++) || refuse() : first
    while (/[a-z\d_\\-]/i.test(peek())) {
      const char = code.charAt(at++)
      value += char === '\\' ? code.charAt(at++) || refuse() : char
    }
    return isTerminator(peek()) || /[.(=!]/.test(peek()) ? { type: 'ident', value } : refuse()
  }

  function readWord(first: string): Token {
    if (first === 'a' && accept('nd')) return { type: 'conditional', value: 'and' }
    if (first === 'o' && accept('r')) return { type: 'conditional', value: 'or' }
    if (first === 'n' && accept('ull')) return { type: 'null', value: 'null' }
    return readIdent(first)
  }

  function readNumber(first: string): Token {
    const value = take(/^[\d.]*/)
    const isOdd = value.split('.').length > 2 || (value.endsWith('.') && isTerminator(peek()))
    return isOdd ? refuse() : { type: 'number', value: first + value }
  }

  function readToken(char: string): Token {
    if (char === '!' && /[a-z(]/i.test(peek())) return { type: 'operator', value: char }
    if (/[a-z\\_]/i.test(char)) return readWord(char)
    if (char === '!') return accept('=') ? { type: 'operator', value: '!=' } : refuse()
    if (/[<>]/.test(char)) return { type: 'operator', value: accept('=') ? `${char}=` : char }
    if (char === '=') return { type: 'operator', value: char }
    if (/[\d+-]/.test(char)) return readNumber(char)
    if (/["']/.test(char)) {
      const end = code.indexOf(char, at)
      if (end === -1) refuse()
      const value = char + code.slice(at, end + 1)
      at = end
      // A quote followed by more text closes this string and opens the next.
      accept(char)
      return { type: 'string', value }
    }
    return /[.[\],()]/.test(char) ? { type: 'mark', value: char } : refuse()
  }

  const tokens: Token[] = []
  while (peek() !== END) {
    const char = code.charAt(at++)
    if (!/[ \t\n]/.test(char)) tokens.push(readToken(char))
  }
  return [...tokens, END_TOKEN]
}

/** `properties.a.b` is one name. */
function joinPaths(tokens: Token[]): Token[] {
  const joined: Token[] = []
  for (let index = 0; index < tokens.length; index += 1) {
    const [last, current, next] = [joined[joined.length - 1], tokens[index], tokens[index + 1]]
    if (!current) break
    if (last?.type === 'ident' && current.value === '.' && current.type === 'mark' && next?.type === 'ident') {
      last.value += `.${next.value}`
      index += 1
    } else joined.push({ ...current })
  }
  return joined
}

const isNumber = (value: unknown): value is number => typeof value === 'number'

const OPERATORS: Record<string, Operator | undefined> = {
  '=': (actual, expected) => actual === String(expected),
  '!=': (actual, expected) => actual !== String(expected),
  '<': (actual, expected) => isNumber(actual) && actual < Number(expected),
  '<=': (actual, expected) => isNumber(actual) && actual <= Number(expected),
  '>': (actual, expected) => isNumber(actual) && actual > Number(expected),
  '>=': (actual, expected) => isNumber(actual) && actual >= Number(expected)
}

/** Comparisons with `null`, `true`, `false` or a number. With other operators such a value is a text. */
function toSpecialFilter(read: Reader, operator: string, { type, value }: Token, kind: Kind): Filter | undefined {
  const isEqual = operator === '='
  if (kind === 'type' || !(isEqual || operator === '!=')) return undefined
  if (value === 'null') return (event) => ((read(event) ?? null) === null) === isEqual
  if (kind === 'name') return undefined
  if (isEqual && /^(true|false)$/.test(value)) return (event) => read(event) === (value === 'true')
  if (kind === 'userId' || type !== 'number') return undefined
  return (event) => {
    const actual = read(event)
    return isNumber(actual) && (actual === Number(value)) === isEqual
  }
}

/** `type` and `event` compare only texts, `name` also null, `userId` also booleans, paths also numbers. */
type Kind = 'type' | 'name' | 'userId' | 'path'
type Reader = (event: object) => unknown

const KINDS: Record<string, Kind | undefined> = {
  type: 'type',
  event: 'type',
  name: 'name',
  userId: 'userId',
  context: 'path',
  properties: 'path',
  traits: 'path'
}

function toValue({ type, value }: Token): string | number | boolean {
  if (type === 'string') return value.replace(/^"/, '').replace(/"$/, '')
  if (type === 'number') return Number(value)
  return type === 'ident' && /^(true|false)$/.test(value) ? value === 'true' : value
}

function get(value: unknown, key: string): unknown {
  const object: unknown = Object(value)
  return typeof object === 'object' && object !== null ? Reflect.get(object, key) : undefined
}

/** Reads the value of a name in a filter; `properties` alone is the property of that name. */
function toReader(place: string, name: string): Reader {
  if (KINDS[place] !== 'path') return (event) => get(event, place)
  const path = name.replace(`${place}.`, '').match(/[^[.\]]+/g) ?? []
  return (event) => path.reduce<unknown>((value, key) => (value ? get(value, key) : value), get(event, place))
}

function toCondition(place: string, name: string, kind: Kind, operator: string, token: Token): Filter {
  const read = toReader(place, name)
  const expected = toValue(token)
  const compare = OPERATORS[operator]
  return (
    toSpecialFilter(read, operator, token, kind) ??
    ((event) => compare?.(read(event), kind === 'path' ? expected : String(expected)) === true)
  )
}

/** `contains(event, "x")`, and `match` with a star at one end. */
function toTextFilter(
  functionName: string,
  { value: name }: Token,
  token: Token,
  isNegated: boolean
): Filter | undefined {
  const [place] = /^(properties|traits|context)|^(event|name|userId)$/.exec(name) ?? []
  if (place === undefined) return undefined
  const read = toReader(place, name)
  const text = String(toValue(token))
  const isFound = (actual: string) => {
    if (functionName === 'contains') return actual.includes(text)
    return token.value.endsWith('*"') ? actual.startsWith(text.slice(0, -1)) : actual.endsWith(text.slice(1))
  }
  return (event) => {
    const actual = read(event)
    return typeof actual === 'string' && isFound(actual) !== isNegated
  }
}

/** Parses the tokens up to the end. The last conditional of a group decides how the group is joined. */
function parse(tokens: Token[]): Filter {
  const filters: Filter[] = []
  let isAny = false
  const shift = (): Token => {
    const token = tokens.shift()
    if (!token) throw new Error('the filter ends too early')
    return token
  }
  const readFunction = (name: string, isNegated: boolean): void => {
    shift()
    const place = shift()
    shift()
    const filter = toTextFilter(name, place, shift(), isNegated)
    tokens.shift()
    if (filter) filters.push(filter)
  }
  // A function at the end of a group has already consumed the end token.
  for (let token = tokens.shift(); token && token.type !== 'eos'; token = tokens.shift()) {
    const { type, value } = token
    if (type === 'ident') {
      const [place = ''] = value.split('.')
      const kind = KINDS[place]
      if (kind) {
        const operator = shift().value
        filters.push(toCondition(place, value, kind, operator, shift()))
      }
      if (isFunction(token)) readFunction(value, false)
    } else if (value === '!' && type === 'operator' && isFunction(tokens[0])) readFunction(shift().value, true)
    else if (value === '(' && type === 'mark') {
      const end = tokens.findIndex((one) => one.type === 'mark' && one.value === ')')
      if (end === -1) throw new Error('a parenthesis is not closed')
      filters.push(parse([...tokens.splice(0, end + 1).slice(0, -1), END_TOKEN]))
    } else if (type === 'conditional') isAny = value === 'or'
  }
  return (event) => {
    if (filters.length === 0) throw new Error('there is nothing to filter by')
    return isAny ? filters.some((is) => is(event)) : filters.every((is) => is(event))
  }
}

const isFunction = (token: Token | undefined) =>
  token?.type === 'ident' && (token.value === 'contains' || token.value === 'match')

/** The filter as a function. An invalid text, or one with an empty part, passes no event. */
export function parseFql(fql: string): Filter {
  return (event) => {
    try {
      return parse(joinPaths(lex(fql)))(event)
    } catch {
      return false
    }
  }
}

export function validate(filter: Filter, event: object): boolean {
  return filter(event)
}
