/** An event of a file as it stands there. `number` is its line, or its place in a JSON array, from 1. */
export interface FileEvent {
  readonly number: number
  readonly text: string
}

/**
 * Cuts a file into its events while it is read: a line each (NDJSON), or the parts of a JSON array. It keeps no more of
 * the file than the event under way, and does not judge: what is no event is refused by the server, by its number.
 */
export class EventSplitter {
  private kind: 'unknown' | 'lines' | 'array' = 'unknown'
  private number = 1
  private rest = ''
  // Within an array: how far the rest has been looked at, and what stood there.
  private looked = 0
  private depth = 0
  private inText = false
  private escaped = false
  private ended = false

  /** What of an array is counted in; lines otherwise. */
  get unit(): 'line' | 'event' {
    return this.kind === 'array' ? 'event' : 'line'
  }

  push(text: string): FileEvent[] {
    this.rest += text
    if (this.kind === 'unknown') {
      const start = this.rest.replace(/^\uFEFF/, '').trimStart()
      if (start === '') return []
      this.kind = start.startsWith('[') ? 'array' : 'lines'
      if (this.kind === 'array') this.rest = start.slice(1)
      else this.rest = this.rest.replace(/^\uFEFF/, '')
    }
    return this.kind === 'array' ? this.parts() : this.lines()
  }

  /** What is left when the file has ended. */
  end(): FileEvent[] {
    const text = this.rest.trim()
    this.rest = ''
    return text === '' ? [] : [{ number: this.number, text }]
  }

  private lines(): FileEvent[] {
    const lines = this.rest.split('\n')
    this.rest = lines.pop() ?? ''
    return lines.flatMap((line) => {
      const text = line.trim()
      const number = this.number++
      return text === '' ? [] : [{ number, text }]
    })
  }

  private parts(): FileEvent[] {
    const found: FileEvent[] = []
    let start = 0
    for (; this.looked < this.rest.length && !this.ended; this.looked += 1) {
      const letter = this.rest[this.looked]
      if (this.inText) {
        if (this.escaped) this.escaped = false
        else if (letter === '\\') this.escaped = true
        else if (letter === '"') this.inText = false
      } else if (letter === '"') this.inText = true
      else if (letter === '{' || letter === '[') this.depth += 1
      else if (this.depth > 0 && (letter === '}' || letter === ']')) this.depth -= 1
      else if (this.depth === 0 && (letter === ',' || letter === ']')) {
        const text = this.rest.slice(start, this.looked).trim()
        if (text !== '') found.push({ number: this.number++, text })
        start = this.looked + 1
        this.ended = letter === ']'
      }
    }
    this.rest = this.rest.slice(start)
    this.looked -= start
    return found
  }
}
