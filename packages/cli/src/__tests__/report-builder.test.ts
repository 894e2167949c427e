import { toReportHtml } from '../report/html/report-html'
import type { RunFacts } from '../report/report'
import { ReportBuilder, type ReportedRun, type SettledEvent } from '../report/report-builder'
import { REPORT_RULES } from '../report/settled-event'

const FACTS: RunFacts = {
  source: 'week.ndjson',
  workspace: 'Acme',
  playedBy: null,
  startedAt: '2026-11-09T08:00:00.000Z',
  endedAt: '2026-11-09T08:01:00.000Z',
  end: { kind: 'complete' },
  earlier: 0,
  again: null,
  createAttributes: null,
  comparison: null
}

const delivered = (more: Partial<ReportedRun> = {}): ReportedRun => ({
  mapping: 'Identify Contact',
  result: 'delivered',
  losses: [],
  doubtful: [],
  ...more
})

const settled = (more: Partial<SettledEvent> = {}): SettledEvent => ({
  at: 'line 1',
  event: { type: 'identify', userId: 'u1' },
  time: Date.UTC(2026, 10, 9, 8),
  result: 'delivered',
  runs: [delivered()],
  ...more
})

const openBuilder = (values = false) => new ReportBuilder({ rules: REPORT_RULES, values })

const unknown = (path: string): Partial<ReportedRun> => ({ losses: [{ path, reason: 'unknown-attribute' }] })

const person = (traits: object) => ({ type: 'identify', userId: 'u1', traits })

describe('the report', () => {
  it('says how many events Intercom has from their page, too, and nothing where none says so', () => {
    const builder = openBuilder()
    builder.settled(settled())
    expect(toReportHtml(builder.build(FACTS))).not.toContain('twice')
    builder.settled(settled({ isCountedTwice: true }))
    const report = builder.build(FACTS)
    expect(report.countedTwice).toBe(1)
    expect(toReportHtml(report)).toContain(
      '1 event says that the web destination of the page got it as well, so Intercom counts it twice, unless both have the same second.'
    )
  })

  it('shows where in the event a lost value stands, and the value only if it was asked for', () => {
    const one = settled({
      at: 'line 7',
      event: person({ address: { street: 'Secret Street' } }),
      runs: [delivered({ losses: [{ path: 'custom_attributes.address', reason: 'nested-value' }] })]
    })
    const builder = openBuilder()
    builder.settled(one)
    builder.settled({ ...one, at: 'line 8' })
    const report = builder.build(FACTS)
    expect(report.losses).toEqual([
      {
        mapping: 'Identify Contact',
        field: 'custom_attributes.address',
        reason: 'nested-value',
        because: 'Intercom stores single values only, not objects or lists',
        advice: 'Choose Flatten or As JSON in the mapping’s Nested Values, or send it under a key of its own.',
        count: 2,
        example: { at: 'line 7', place: 'traits.address' }
      }
    ])
    expect(toReportHtml(report)).not.toContain('Secret')

    const asked = openBuilder(true)
    asked.settled(one)
    expect(asked.build(FACTS).losses[0]?.example.value).toBe('{"street":"Secret Street"}')
  })

  it('names the attributes to create, with a type that takes every value', () => {
    const builder = openBuilder()
    for (const seats of [1, 'many']) {
      builder.settled(settled({ event: person({ seats }), runs: [delivered(unknown('custom_attributes.seats'))] }))
    }
    builder.settled(
      settled({
        event: person({ trial_ends_at: '2026-12-01' }),
        runs: [delivered(unknown('custom_attributes.trial_ends_at'))]
      })
    )
    builder.settled(
      settled({
        event: { type: 'group', groupId: 'c1', traits: { active: true } },
        runs: [delivered(unknown('company.custom_attributes.active'))]
      })
    )
    expect(builder.build(FACTS).attributes).toEqual([
      { model: 'contact', name: 'seats', type: 'string', count: 2 },
      { model: 'contact', name: 'trial_ends_at', type: 'date', count: 1 },
      { model: 'company', name: 'active', type: 'boolean', count: 1 }
    ])
  })

  it('counts every result by reason, and says what to do', () => {
    const builder = openBuilder()
    builder.settled(settled({ result: 'ignored', reason: 'no subscription takes page calls', runs: [] }))
    for (const at of ['line 2', 'line 3']) {
      const run = delivered({ result: 'rejected', mapping: 'Track Event', reason: 'User Not Found', status: 404 })
      builder.settled(settled({ at, result: 'rejected', runs: [run] }))
    }
    builder.failedAttempt({ at: 'line 2', reason: 'Exceeded rate limit', status: 429 })
    builder.unreadable('line 9', 'it is not JSON')
    const { events, outcomes, retries, unreadable } = builder.build(FACTS)
    expect(events).toEqual({ delivered: 0, ignored: 1, rejected: 2, retry: 0 })
    expect(outcomes).toEqual([
      {
        result: 'rejected',
        mapping: 'Track Event',
        reason: 'User Not Found',
        status: 404,
        advice: 'Identify the person first, or let the mapping create unknown contacts.',
        count: 2,
        example: { at: 'line 2' }
      },
      {
        result: 'ignored',
        mapping: null,
        reason: 'no subscription takes page calls',
        status: null,
        advice: 'Nothing, or change the triggers of the mappings.',
        count: 1,
        example: { at: 'line 1' }
      }
    ])
    expect(retries).toEqual([{ reason: 'Exceeded rate limit', status: 429, count: 1, example: { at: 'line 2' } }])
    expect(unreadable).toBe(1)
  })

  it('counts event names as Intercom does, against its limit', () => {
    const builder = openBuilder()
    for (const eventName of ['Signed Up', 'signed up', 'Paid']) {
      builder.settled(settled({ runs: [delivered({ eventName })] }))
    }
    expect(builder.build(FACTS).eventNames).toEqual({
      names: [
        { name: 'Signed Up', count: 2 },
        { name: 'Paid', count: 1 }
      ],
      limit: 120,
      isCut: false
    })
    expect(toReportHtml(builder.build(FACTS))).not.toContain('Too many')
    for (let number = 0; number < 120; number += 1) {
      builder.settled(settled({ runs: [delivered({ eventName: `Order ${number}` })] }))
    }
    expect(toReportHtml(builder.build(FACTS))).toContain('Event names: 122 names of 120')
  })

  it('keeps its size when every event has other names, reasons and times', () => {
    const builder = openBuilder()
    for (let number = 0; number < 5000; number += 1) {
      builder.settled(
        settled({
          at: `line ${number}`,
          time: number * 86_400_000,
          event: person({ [`trait_${number}`]: number }),
          runs: [delivered({ ...unknown(`custom_attributes.trait_${number}`), eventName: `Event ${number}` })]
        })
      )
      builder.failedAttempt({ at: '', reason: `reason ${number}` })
    }
    const report = builder.build(FACTS)
    expect(report.losses).toHaveLength(501)
    expect(report.losses[0]).toMatchObject({ field: 'others', count: 4500 })
    expect(report.attributes).toHaveLength(1000)
    expect(report.eventNames).toMatchObject({ isCut: true })
    expect(report.retries).toHaveLength(501)
    expect(report.overTime.buckets.length).toBeLessThanOrEqual(60)
    const counted = report.overTime.buckets.reduce((sum, bucket) => sum + bucket.delivered, 0)
    expect(counted + report.overTime.elsewhere).toBe(5000)
  })

  it.each([
    ['minutes', [0, 1, 61], 60_000],
    ['days of a year', [...Array(365).keys()].map((day) => day * 1440), 604_800_000]
  ])('shows %s over time in spans that a chart can show', (_, minutes, widthMs) => {
    const builder = openBuilder()
    for (const minute of minutes) builder.settled(settled({ time: minute * 60_000 }))
    const { overTime } = builder.build(FACTS)
    expect(overTime.widthMs).toBe(widthMs)
    expect(overTime.buckets.reduce((sum, bucket) => sum + bucket.delivered, 0)).toBe(minutes.length)
  })

  it.each([undefined, Number.NaN, Infinity, 9e15])('counts an event at the time %s elsewhere', (time) => {
    const builder = openBuilder()
    builder.settled(settled({ time }))
    expect(builder.build(FACTS).overTime).toMatchObject({ buckets: [], elsewhere: 1 })
  })
})

describe('the page of a report', () => {
  const HOSTILE = '</title><script>alert(1)</script><img src=x onerror="alert(1)">'

  const hostilePage = () => {
    const builder = openBuilder(true)
    const run = delivered({ ...unknown(`custom_attributes.${HOSTILE}`), mapping: HOSTILE, eventName: HOSTILE })
    builder.settled(settled({ event: person({ [HOSTILE]: HOSTILE }), at: HOSTILE, runs: [run] }))
    builder.settled(
      settled({ time: 0, result: 'rejected', runs: [delivered({ result: 'rejected', reason: HOSTILE })] })
    )
    builder.unreadable(HOSTILE, HOSTILE)
    builder.request(HOSTILE, true)
    return toReportHtml(
      builder.build({
        ...FACTS,
        source: HOSTILE,
        workspace: HOSTILE,
        playedBy: HOSTILE,
        end: { kind: 'broken-off', reason: HOSTILE },
        again: { command: HOSTILE, file: HOSTILE },
        createAttributes: HOSTILE
      })
    )
  }

  it('lets nothing of a file become HTML', () => {
    expect(hostilePage()).not.toMatch(/<(script|img)|<\/title><s/)
    expect(hostilePage()).toContain('&lt;script&gt;alert(1)')
  })

  it('loads nothing and runs nothing', () => {
    expect(hostilePage().replaceAll('&#39;', "'")).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"`
    )
    expect(hostilePage()).not.toMatch(/\b(src|action)="|url\((?!#)|@import|<link/)
  })

  it('has a caption for every table and a text for every chart', () => {
    const page = hostilePage()
    const count = (pattern: RegExp) => page.match(pattern)?.length
    expect(count(/<table /g)).toBe(count(/<table role="table">\s*<caption>\s*[^<\s]/g))
    expect(count(/<svg/g)).toBe(count(/<svg[^>]*(aria-hidden="true"|aria-label="\s*From )/g))
  })

  it('says that a part is missing after an early end and after an earlier run', () => {
    const page = toReportHtml(
      openBuilder().build({
        ...FACTS,
        end: { kind: 'stopped' },
        earlier: 12,
        whole: { delivered: 1041, failed: 3, nothingToDeliver: 4 }
      })
    )
    expect(page).toContain('<strong>Stopped early.</strong>')
    expect(page).toContain('12 lines were done by an earlier part of this run.')
    const texts = page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
    expect(texts).toContain(
      'All parts of this run together: 1,041 delivered 3 rejected or unreadable 4 not for Intercom, or blank What follows is about this part alone'
    )
  })
})
