import nock from 'nock'

export const HOST = 'https://api.intercom.io'

/** A request, and what Intercom answers. Each is used once. */
export interface Answer {
  /** `PUT /contacts/65a0` */
  to: string
  status?: number
  body?: nock.Body
  /** Filled with the headers of the request. */
  headers?: Record<string, string | string[]>
}

/** What the destination sent: the body, or the operation alone where there is none. */
export type Sent = readonly [operation: string, body?: unknown]

/** Answers requests in any order. Returns them in the order in which they were sent. */
export function answerRequests(...answers: readonly Answer[]): Sent[] {
  const sent: Sent[] = []
  for (const { to, status = 200, body = {}, headers = {} } of answers) {
    const [method = '', path = ''] = to.split(' ')
    nock(HOST)
      .intercept(path, method)
      .reply(function (_path, request) {
        Object.assign(headers, this.req.headers)
        sent.push(request === '' ? [to] : [to, request])
        return [status, body, { 'content-type': 'application/json; charset=utf-8' }]
      })
  }
  return sent
}

/** Refuses all other requests, and fails a test that leaves an answer unused. For a file that uses `answerRequests`. */
export function refuseOtherRequests(): void {
  // Before the answers are removed.
  afterEach(() => {
    expect(nock.pendingMocks()).toEqual([])
  })
  withoutNetwork()
}

/** Blocks all network access except nock's, and cleans up after each test. */
export function withoutNetwork(): void {
  beforeAll(() => {
    if (!nock.isActive()) nock.activate()
    nock.disableNetConnect()
  })
  afterEach(() => {
    nock.abortPendingRequests()
    nock.cleanAll()
  })
  afterAll(() => {
    // Test files share a process, so the patch of `http` must be undone.
    nock.restore()
  })
}
