import { existsSync } from 'node:fs'
import path from 'node:path'
import { coverage, createEmulator } from '../index'
import { createRouter } from '../http/router'
import { routes } from '../routes'
import { ask } from '../test-support/ask'
import { ROWS } from '../test-support/operations-table'

const built = coverage.filter(({ state }) => state !== 'not started')
const names = (list: readonly { operation: string }[]) => list.map(({ operation }) => operation).sort()

const FILES = {
  operations: path.resolve(__dirname, 'operations.test.ts'),
  recordings: path.resolve(__dirname, 'recordings.test.ts'),
  messenger: path.resolve(__dirname, 'messenger.test.ts'),
  oauth: path.resolve(__dirname, 'oauth.test.ts'),
  sdk: path.resolve(__dirname, '../../../../checks/witnesses/sdk.test.ts')
}

describe('the coverage table is correct', () => {
  it('every built operation has a route, and every route is in the table', () => {
    expect(names(built)).toEqual(names(routes))
  })

  it('every operation that is not started is a 501', async () => {
    const emulator = createEmulator({ rateLimit: Infinity })
    const answered: string[] = []
    for (const { operation, state } of coverage) {
      if (state !== 'not started') continue
      const { status } = await ask(
        emulator,
        operation.replace(/\{[^}]+\}/g, 'x'),
        operation.startsWith('GET') ? undefined : {}
      )
      if (status !== 501) answered.push(`${operation}: ${status}`)
    }
    expect(answered).toEqual([])
  })

  it('no operation is listed twice', () => {
    expect(new Set(names(coverage)).size).toBe(coverage.length)
  })

  it('every named test file exists, and our own table has a row for every operation that names it', () => {
    const find = createRouter(routes)
    const seen = new Set(
      ROWS.flatMap(([operation]) => {
        const [method = '', where = ''] = operation.split(' ')
        return find(method, where.split('?')[0] ?? '')?.route.operation ?? []
      })
    )
    const witnesses = new Set(built.flatMap(({ testedBy }) => testedBy))
    expect([...witnesses].filter((witness) => !existsSync(FILES[witness]))).toEqual([])
    expect(names(built.filter(({ testedBy }) => testedBy.length === 0))).toEqual([])
    expect(
      names(built.filter(({ operation, testedBy }) => testedBy.includes('operations') && !seen.has(operation)))
    ).toEqual([])
  })
})
