/** The text of an event in a file. `number` is its line, or its position in a JSON array, from 1. */
export interface FileEvent {
  readonly number: number
  readonly text: string
}

/**
 * Splits a file into its events while it is read: lines (NDJSON) or the items of a JSON array. It buffers no more than
 * the current event, and does not validate: the server refuses invalid events by their number.
 */
export class EventSplitter {
  private kind: 'unknown' | 'lines' | 'array' = 'unknown'
  private number = 1
  private rest = ''
  // State within an array: the position in the buffer, and the nesting there.
  private looked = 0
  private depth = 0
  private inText = false
  private escaped = false
  private ended = false

  /** The unit that `number` counts: items of an array, or lines. */
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

  /** The rest of the buffer at the end of the file. */
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
