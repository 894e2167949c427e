import { openEventFile } from '../open-event-file'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The bytes in pieces of this size, as a slow pipe brings them. */
async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size))
}

const noGunzip = () => {
  throw new Error('it is not packed')
}

async function read(bytes: Uint8Array, size = 7) {
  const { unit, readRecords, toShownNumber } = await openEventFile(inPieces(bytes, size), { gunzip: noGunzip })
  const found: string[] = []
  for await (const { number, content } of readRecords())
    found.push(`${unit} ${toShownNumber(number)}: ${content.kind === 'text' ? content.text : content.kind}`)
  return found
}

const utf16 = (text: string, isBig: boolean): Uint8Array => {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le')
  return isBig ? bytes.swap16() : bytes
}

const LINES = '{"type":"track","n":1}\n{"type":"track","n":2}\n'

it.each<[string, Uint8Array, string[]]>([
  ['lines', utf8(LINES), ['line 1: {"type":"track","n":1}', 'line 2: {"type":"track","n":2}']],
  [
    'lines with a byte order mark',
    utf8(`\uFEFF${LINES}`),
    ['line 1: {"type":"track","n":1}', 'line 2: {"type":"track","n":2}']
  ],
  ['lines with a broken first one', utf8('{"a":\n{"b":1}\n'), ['line 1: {"a":', 'line 2: {"b":1}']],
  ['UTF-16 of PowerShell', utf16('{"a":"ä"}\r\n', false), ['line 1: {"a":"ä"}']],
  ['UTF-16, big end first', utf16('{"a":"ä"}\n', true), ['line 1: {"a":"ä"}']],
  ['UTF-16 without a mark', Buffer.from('{"a":1}', 'utf16le'), ['line 1: {"a":1}']],
  ['a pretty object', utf8('{\n  "a": {\n    "b": "}"\n  }\n}\n'), ['event 1: {   "a": {     "b": "}"   } }']],
  ['pretty objects', utf8('{\n"a": "\\"{"\n}\n{\n"b": 1\n}'), ['event 1: { "a": "\\"{" }', 'event 2: { "b": 1 }']],
  ['a list', utf8('[{"a":[1,2]}, {"b":"],"}]'), ['event 1: {"a":[1,2]}', 'event 2: {"b":"],"}']],
  [
    'a pretty list',
    utf8('[\n  {\n    "id": 738529527931269425\n  },\n  3\n]\n'),
    ['event 1: {     "id": 738529527931269425   }', 'event 2: 3']
  ],
  ['a list that ends too early', utf8('[{"a":1},{"b":'), ['event 1: {"a":1}', 'event 2: {"b":']],
  ['an empty list', utf8('[]'), []],
  ['a list among lines', utf8('[1]\n{"a":1}'), ['line 1: [1]', 'line 2: {"a":1}']]
])('reads %s', async (_, bytes, records) => {
  expect(await read(bytes)).toEqual(records)
  expect(await read(bytes, 1)).toEqual(records)
  expect(await read(bytes, 100_000)).toEqual(records)
})

describe('a table', () => {
  it.each<[string, string, string[]]>([
    [
      'identify calls',
      'userId,traits.email,type\nu1,ada@example.com,identify\n',
      ['row 2: {"userId":"u1","traits":{"email":"ada@example.com"},"type":"identify"}']
    ],
    [
      'semicolons, quotes, line breaks and Windows line ends',
      'userId;event;properties.note\r\nu1;Clicked;"a ""b"";\nc"\r\n',
      ['row 2: {"type":"track","userId":"u1","event":"Clicked","properties":{"note":"a \\"b\\";\\nc"}}']
    ],
    [
      'types by its header, and no guesses',
      'userId,event,properties.total:number,properties.vip:boolean,properties.ids:json,properties.zip\nu1,Paid,19.90,TRUE,"[1]",01067\nu1,Paid,much,maybe,[,10115\n',
      [
        'row 2: {"type":"track","userId":"u1","event":"Paid","properties":{"total":19.9,"vip":true,"ids":[1],"zip":"01067"}}',
        'row 3: {"type":"track","userId":"u1","event":"Paid","properties":{"total":"much","vip":"maybe","ids":"[","zip":"10115"}}'
      ]
    ],
    [
      'long numbers with all their digits',
      'userId,traits.n:number\nu,738529527931269425\n',
      ['row 2: {"type":"identify","userId":"u","traits":{"n":"738529527931269425"}}']
    ],
    [
      'empty cells as missing, and blank rows',
      'userId,groupId\nu1,\n\nu2,g',
      ['row 2: {"type":"group","userId":"u1"}', 'row 3: ', 'row 4: {"type":"group","userId":"u2","groupId":"g"}']
    ],
    ['rows of another width', 'userId,traits.a\nu1\nu2,b,c\n', ['row 2: other-cells', 'row 3: other-cells']],
    [
      'a path that names a prototype',
      'userId,traits.__proto__.x\nu1,1\n',
      ['row 2: {"type":"identify","userId":"u1","traits":{"__proto__":{"x":"1"}}}']
    ]
  ])('is read with %s', async (_, table, records) => {
    expect(await read(utf8(table))).toEqual(records)
  })

  it.each([
    [
      'user_id,type\nu1,track\n',
      'is a CSV table without a column userId or anonymousId. Name its columns by the paths of an event'
    ],
    ['name,plan\nAda,pro\n', 'is a CSV table without a column userId or anonymousId. Name its columns'],
    [
      'userId,traits.a,traits.a\nu,1,2\n',
      'is a CSV table with two columns for traits.a. Remove or rename one of them.'
    ],
    ['userId,traits.a,traits.a.b\nu,1,2\n', 'is a CSV table with two columns for traits.a.'],
    ['userId,,type\nu,1,track\n', 'is a CSV table whose column 2 has no usable name.']
  ])('is refused with the header of %j', async (table, problem) => {
    await expect(read(utf8(table))).rejects.toMatchObject({ problem: expect.stringContaining(problem) })
  })
})

describe('a file without events is named', () => {
  const bytes = (start: string) => Buffer.concat([Buffer.from(start, 'latin1'), Buffer.alloc(600)])

  it.each<[Uint8Array, string]>([
    [utf8(''), 'is empty. See whether its export has ended.'],
    [utf8(' \n\n'), 'is empty.'],
    [bytes('PK\x03\x04'), 'is a zip archive. Unpack it first: unzip FILE.'],
    [bytes('PK\x03\x04....xl/workbook.xml'), 'is an Excel workbook. Save it as “CSV UTF-8” there.'],
    [bytes('PAR1'), 'is a Parquet file. Export the events as NDJSON, JSON or CSV'],
    [bytes('\x89PNG\r\n'), 'is a PNG image.'],
    [bytes('\xff\xd8\xff'), 'is a JPEG image.'],
    [bytes('%PDF-1.7'), 'is a PDF document.'],
    [bytes('\x28\xb5\x2f\xfd'), 'is packed with zstd. Unpack it first: unzstd FILE.'],
    [bytes(`${'x'.repeat(257)}ustar`), 'is a tar archive. Unpack it first: tar -xf FILE.'],
    [bytes('\x01\x02\x03\x04'), 'is a binary file.'],
    [
      utf8('<!DOCTYPE html>\n<title>Sign in</title>'),
      'is an HTML page. It may be the error or sign-in page of a download'
    ],
    [utf8('<?xml version="1.0"?>'), 'is an XML document.'],
    [utf8('Dear team,\nhere they are.'), 'is text, but holds no JSON.']
  ])('%#', async (file, problem) => {
    for (const size of [1, 50, 100_000])
      await expect(read(file, size)).rejects.toMatchObject({ problem: expect.stringContaining(problem) })
  })
})

it('decides about a pipe with its first line, without waiting for more', async () => {
  async function* pipe(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(utf8('{"a":1}\n'))
    await new Promise(() => undefined)
  }
  const { readRecords } = await openEventFile(pipe(), { gunzip: noGunzip })
  const first = await readRecords().next()
  expect(first.value).toMatchObject({ number: 1, content: { text: '{"a":1}' } })
})

it('reports an item over the limit and reads on', async () => {
  const long = `[{"a":"${'x'.repeat(10_000_001)}"},{"b":1}]`
  expect(await read(utf8(long), 200_000)).toEqual(['event 1: too-long', 'event 2: {"b":1}'])
})
