export interface OtherFile {
  /** Continues the name of the file: `is a zip archive`. */
  readonly is: string
  /** An instruction without a full stop. */
  readonly advice: string
}

interface Signature extends OtherFile {
  /** The bytes as Latin-1 text. */
  readonly start: string
  readonly at?: number
}

const EXPORT = 'Export the events as NDJSON, JSON or CSV'
const UNPACK = 'Unpack it first'

/** The first bytes of files that people have beside their events, from the specification of each. */
const SIGNATURES: readonly Signature[] = [
  { start: 'PK\x03\x04', is: 'is a zip archive', advice: `${UNPACK}: unzip FILE` },
  { start: 'PK\x05\x06', is: 'is an empty zip archive', advice: EXPORT },
  {
    start: 'PAR1',
    is: 'is a Parquet file',
    advice: `${EXPORT}, for example with DuckDB: COPY (FROM 'FILE') TO 'events.json'`
  },
  { start: 'Obj\x01', is: 'is an Avro file', advice: EXPORT },
  { start: 'ORC', is: 'is an ORC file', advice: EXPORT },
  { start: 'SQLite format 3\0', is: 'is an SQLite database', advice: EXPORT },
  { start: '\x89PNG', is: 'is a PNG image', advice: EXPORT },
  { start: '\xff\xd8\xff', is: 'is a JPEG image', advice: EXPORT },
  { start: 'GIF8', is: 'is a GIF image', advice: EXPORT },
  { start: 'WEBP', at: 8, is: 'is a WebP image', advice: EXPORT },
  { start: '%PDF', is: 'is a PDF document', advice: EXPORT },
  { start: '\xd0\xcf\x11\xe0', is: 'is an old Office document', advice: 'Save it as “CSV UTF-8” there' },
  { start: 'BZh', is: 'is packed with bzip2', advice: `${UNPACK}: bunzip2 FILE` },
  { start: '\xfd7zXZ', is: 'is packed with xz', advice: `${UNPACK}: unxz FILE` },
  { start: '\x28\xb5\x2f\xfd', is: 'is packed with zstd', advice: `${UNPACK}: unzstd FILE` },
  { start: '7z\xbc\xaf', is: 'is a 7z archive', advice: UNPACK },
  { start: 'Rar!', is: 'is a RAR archive', advice: UNPACK },
  { start: 'ustar', at: 257, is: 'is a tar archive', advice: `${UNPACK}: tar -xf FILE` },
  { start: '\x1f\x8b', is: 'is packed with gzip twice', advice: `${UNPACK} once: gunzip FILE` },
  { start: '\xff\xfe\0\0', is: 'is UTF-32 text', advice: 'Save it as UTF-8' }
]

/** Names inside the zip archive that a workbook is (Office Open XML). */
const WORKBOOK = /xl\/|\[Content_Types\]\.xml/

/** How many bytes tell every signature apart. */
export const SIGNATURE_BYTES = 262

/** What a file is that holds no events; `undefined` when no signature fits. */
export function findSignature(head: Uint8Array): OtherFile | undefined {
  const found = SIGNATURES.find(({ start, at = 0 }) => toLatin1(head.subarray(at, at + start.length)) === start)
  if (found === undefined) return undefined
  const { is, advice, start } = found
  return start === 'PK\x03\x04' && WORKBOOK.test(toLatin1(head))
    ? { is: 'is an Excel workbook', advice: 'Save it as “CSV UTF-8” there' }
    : { is, advice }
}

function toLatin1(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}
