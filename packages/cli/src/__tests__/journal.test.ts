import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Journal } from '../deliver/journal'

const folder = mkdtempSync(path.join(os.tmpdir(), 'journal-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const keep = { restart: false }
const FILES = { lines: '/a/failed.ndjson', reasons: '/a/failed.reasons.ndjson' }

describe('a journal', () => {
  it('remembers what was done, in any order, and what failed', async () => {
    const file = path.join(folder, 'one.journal')
    const { journal } = await Journal.open(file, keep)
    journal.line('d', 2)
    journal.line('s', 1)
    journal.failedFiles(FILES)
    journal.line('f', 5, { lines: 100, reasons: 40 })
    journal.failedFiles(FILES)
    journal.close()
    const { journal: again, past } = await Journal.open(file, keep)
    again.close()
    expect([1, 2, 3, 4, 5, 6].map((line) => past.done.has(line))).toEqual([true, true, false, false, true, false])
    expect(past.counts).toEqual({ delivered: 1, failed: 1, nothingToDeliver: 1 })
    expect(past.failed).toEqual({ files: FILES, sizes: { lines: 100, reasons: 40 } })
    expect(past.finishedAt).toBeUndefined()
  })

  it('ignores an incomplete record, which could be a part of another number', async () => {
    const file = path.join(folder, 'torn.journal')
    const { journal } = await Journal.open(file, keep)
    journal.line('d', 1)
    journal.close()
    appendFileSync(file, 'd 12')
    const { journal: again, past } = await Journal.open(file, keep)
    again.line('d', 3)
    again.close()
    expect(past.done.has(12)).toBe(false)
    expect(readFileSync(file, 'utf8')).toBe('{"journal":1}\nd 1\nd 3\n')
  })

  it('starts from the beginning with --restart', async () => {
    const file = path.join(folder, 'restart.journal')
    const { journal } = await Journal.open(file, keep)
    journal.line('d', 1)
    journal.finished('2026-11-09T08:00:00.000Z')
    journal.close()
    const { journal: again, past } = await Journal.open(file, { restart: true })
    again.close()
    expect([past.done.has(1), past.finishedAt]).toEqual([false, undefined])
  })

  it('is not shared with another run', async () => {
    const file = path.join(folder, 'locked.journal')
    writeFileSync(`${file}.lock`, String(process.ppid))
    await expect(Journal.open(file, keep)).rejects.toThrow(`is being delivered there by process ${process.ppid}`)
  })
})
