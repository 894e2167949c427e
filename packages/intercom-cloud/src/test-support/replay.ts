import { toRecord } from '@intercom-destinations/shared-mapping'
import nock from 'nock'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { HOST } from './workspace'

/** One request and Intercom's response. */
export interface Exchange {
  request: { method: string; path: string; body?: nock.DataMatcherMap }
  response: { status: number; headers?: Record<string, string>; body: nock.Body }
}

function isExchange(value: unknown): value is Exchange {
  const record = toRecord(value)
  return record !== undefined && toRecord(record.request) !== undefined && toRecord(record.response) !== undefined
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value)
}

/** A file of `packages/intercom-cloud/__fixtures__`. */
export function readFixture(name: string): unknown {
  return JSON.parse(readFileSync(path.join(__dirname, '..', '..', '__fixtures__', `${name}.json`), 'utf8'))
}

/** Replays the responses of one recorded conversation, each once; returns the requests in order. */
export function replay(file: string, title: string): string[] {
  const exchanges = toRecord(readFixture(file))?.[title]
  if (!isList(exchanges)) throw new Error(`${file}.json has no “${title}”`)
  const operations: string[] = []
  exchanges.filter(isExchange).forEach((exchange) => answer(exchange, operations))
  return operations
}

/** Answers one request, once, and only if it has the expected headers. */
export function answer({ request, response }: Exchange, operations: string[] = []): void {
  nock(HOST, { reqheaders: { accept: 'application/json', 'intercom-version': '2.16' } })
    .intercept(request.path, request.method, request.body)
    .reply(() => {
      operations.push(`${request.method} ${request.path}`)
      const type = typeof response.body === 'string' ? 'text/html' : 'application/json; charset=utf-8'
      return [response.status, response.body, { 'content-type': type, ...response.headers }]
    })
}
