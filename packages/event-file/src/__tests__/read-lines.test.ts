import type { FileRecord } from '../file-record'
import { readLines } from '../read-lines'

async function* chunksOf(...chunks: (string | Uint8Array)[]) {
  for (const chunk of chunks) yield await Promise.resolve(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
}

async function read(chunks: AsyncIterable<Uint8Array>, maxBytes?: number): Promise<FileRecord[]> {
  const lines: FileRecord[] = []
  for await (const line of readLines(chunks, maxBytes)) lines.push(line)
  return lines
}

const contents = (lines: FileRecord[]) =>
  lines.map(({ content }) => (content.kind === 'text' ? content.text : content.kind))

describe('readLines', () => {
  it.each<[string, (string | Uint8Array)[], string[]]>([
    ['nothing', [], []],
    ['a last line without an end', ['a\nb'], ['a', 'b']],
    ['a last line with an end', ['a\nb\n'], ['a', 'b']],
    ['the line ends of Windows', ['a\r\nb\r\n'], ['a', 'b']],
    ['blank lines, which count', ['a\n\n\nb'], ['a', '', '', 'b']],
    ['a byte order mark', ['\ufeffa\nb'], ['a', 'b']],
    ['lines cut by chunks', ['{"a"', ':', '1}\n{"b', '":2}'], ['{"a":1}', '{"b":2}']],
    ['an end of line of its own chunk', ['a', '\n', 'b'], ['a', 'b']],
    ['a character cut by chunks', [Uint8Array.of(0xc3), Uint8Array.of(0xbc, 0x0a)], ['ü']],
    ['bytes that are no text', [Uint8Array.of(0xff, 0xfe, 0x0a), 'b'], ['not-utf-8', 'b']]
  ])('reads %s', async (_, chunks, expected) => {
    expect(contents(await read(chunksOf(...chunks)))).toEqual(expected)
  })

  it('reports a line that is too long, and continues behind it', async () => {
    const lines = await read(chunksOf('ok\n', 'xxxxx', 'xxxxxx', '\nok'), 10)
    expect(contents(lines)).toEqual(['ok', 'too-long', 'ok'])
    expect(lines.map(({ number }) => number)).toEqual([1, 2, 3])
  })

  it('accepts a line of exactly the limit', async () => {
    expect(contents(await read(chunksOf('xxxxxxxxxx\n'), 10))).toEqual(['xxxxxxxxxx'])
  })

  it('reports how many bytes were read', async () => {
    const lines = await read(chunksOf('ab\ncd', 'e\nf'))
    expect(lines.map(({ bytesRead }) => bytesRead)).toEqual([3, 7, 8])
  })
})
