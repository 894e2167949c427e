/** The first position at which a text is invalid JSON. Lines and columns count from 1. */
interface JsonProblem {
  readonly message: string
  readonly line: number
  readonly column: number
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /[A-Za-z_$][\w$]*/y
/** A string literal up to its closing quote. */
// eslint-disable-next-line no-control-regex -- JSON forbids these inside of a text
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/y
const BLANK = /[ \t\n\r]*/y

/** Browsers report invalid JSON differently, and some give no position, so it is searched for here. */
export function findJsonProblem(text: string): JsonProblem | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    const { at, message } = new Reading(text).run() ?? { at: text.length, message: String(error) }
    const before = text.slice(0, at).split('\n')
    return { message, line: before.length, column: (before.at(-1) ?? '').length + 1 }
  }
}

interface Wrong {
  readonly at: number
  readonly message: string
}

/** Parses the text and keeps only its first problem. */
class Reading {
  private at = 0

  constructor(private readonly text: string) {}

  run(): Wrong | undefined {
    const wrong = this.value()
    if (wrong) return wrong
    this.skip(BLANK)
    return this.at < this.text.length ? this.expected('nothing more after the end') : undefined
  }

  private value(): Wrong | undefined {
    this.skip(BLANK)
    const letter = this.text[this.at]
    if (letter === '{') return this.list('}', () => this.entry())
    if (letter === '[') return this.list(']', () => this.value())
    if (letter === '"')
      return this.quoted('A text without its closing quote, or with something in it that is escaped in JSON')
    if (letter === "'") return this.wrong('JSON wants double quotes')
    if (this.skip(NUMBER) !== '') return undefined
    const at = this.at
    const word = this.skip(WORD)
    if (['true', 'false', 'null'].includes(word)) return undefined
    if (word === '') return this.expected('a value')
    return { at, message: `“${word}” is no value in JSON. A text stands in double quotes` }
  }

  private entry(): Wrong | undefined {
    this.skip(BLANK)
    if (this.text[this.at] !== '"') return this.expected('a name in double quotes')
    const wrong = this.quoted('A name without its closing quote')
    if (wrong) return wrong
    this.skip(BLANK)
    if (this.text[this.at] !== ':') return this.expected('a colon after the name')
    this.at += 1
    return this.value()
  }

  private list(end: string, part: () => Wrong | undefined): Wrong | undefined {
    this.at += 1
    this.skip(BLANK)
    if (this.text[this.at] === end) {
      this.at += 1
      return undefined
    }
    for (;;) {
      const wrong = part()
      if (wrong) return wrong
      this.skip(BLANK)
      const letter = this.text[this.at]
      if (letter !== ',' && letter !== end) return this.expected(`a comma or “${end}”`)
      const at = this.at
      this.at += 1
      if (letter === end) return undefined
      this.skip(BLANK)
      if (this.text[this.at] === end) return { at, message: 'JSON has no comma after the last one' }
    }
  }

  private quoted(message: string): Wrong | undefined {
    return this.skip(TEXT) === '' ? this.wrong(message) : undefined
  }

  private skip(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0] ?? ''
    this.at += found.length
    return found
  }

  private expected(what: string): Wrong {
    const there = this.text[this.at]
    return this.wrong(there === undefined ? `It ends where ${what} is expected` : `Expected ${what}, found “${there}”`)
  }

  private wrong(message: string): Wrong {
    return { at: this.at, message }
  }
}
