import type { RecordUnit } from '@intercom-destinations/event-file'
import { toLineText } from '../text/text-layout'

/** Where a record stands: its file, when there are several, and its number there, as a reader of that file counts. */
export interface Place {
  readonly file: string | undefined
  readonly unit: RecordUnit
  readonly number: number
}

interface Part {
  readonly file: string | undefined
  readonly unit: RecordUnit
  /** The number in the run of the last record before the file. */
  readonly before: number
  readonly toShownNumber: (number: number) => number
}

const LINES: Part = { file: undefined, unit: 'line', before: 0, toShownNumber: (number) => number }

/** Records are numbered through all files of a run. This finds the file and the number there. */
export class Places {
  readonly #parts: Part[] = []

  start(part: Part): void {
    this.#parts.push(part)
  }

  of(number: number): Place {
    const { file, unit, before, toShownNumber } =
      [...this.#parts].reverse().find((part) => part.before < number) ?? LINES
    return { file, unit, number: toShownNumber(number - before) }
  }

  /** `undefined` for one file of lines, whose numbers are those of the run. */
  toText(number: number): string | undefined {
    const place = this.of(number)
    return place.file === undefined && place.unit === 'line' ? undefined : toPlaceText(place)
  }
}

/** Such as `line 3`, or `logs/b.ndjson line 3`. */
export const toPlaceText = ({ file, unit, number }: Place): string =>
  `${file === undefined ? '' : `${file} `}${unit} ${number}`

/** Where a record stands, in words, also for one file of lines. */
export const toPlaceOf =
  (places: Pick<Places, 'toText'>) =>
  (number: number): string =>
    places.toText(number) ?? toLineText(number)
