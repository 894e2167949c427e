import { ReportBuilder, REPORT_RULES, toReportHtml, toReportSections, type Report } from '../index'

function toReport(end: Report['end']): Report {
  const builder = new ReportBuilder({ rules: REPORT_RULES, values: false })
  builder.settled({
    ...{ at: 'line 1', event: { type: 'identify', traits: { '<b>': 41 } }, time: undefined, result: 'rejected' },
    runs: [
      {
        ...{ mapping: 'People', result: 'rejected', reason: 'the <script>', status: 400, doubtful: [] },
        losses: [{ path: 'custom_attributes.<b>', reason: 'unknown-attribute' }]
      }
    ]
  })
  return builder.build({
    ...{ source: 'events.ndjson', workspace: 'Acme', playedBy: null, earlier: 0, comparison: null, end },
    ...{ startedAt: '2026-11-09T08:00:00.123Z', endedAt: '2026-11-09T08:00:01.000Z' },
    again: { command: 'intercom-destination deliver failed', file: 'failed' },
    createAttributes: 'intercom-destination attributes'
  })
}

const slots = (html: string) => [...html.matchAll(/<slot name="([\w-]+)">/g)].map(([, name]) => name)

test('the sections for another page have places for its buttons where the file has commands', () => {
  const { style, body } = toReportSections(toReport({ kind: 'complete' }))
  expect(slots(body)).toEqual(['create-attributes', 'send-again'])
  expect(body).not.toMatch(/intercom-destination (deliver|attributes)/)
  expect(style).toContain(':host')
  const file = toReportHtml(toReport({ kind: 'complete' }))
  expect(slots(file)).toEqual([])
  expect(file).toContain('intercom-destination deliver failed')
  expect(file).toContain('intercom-destination attributes')
})

test('names and reasons from outside are text in the sections, too', () => {
  const { body } = toReportSections(toReport({ kind: 'complete' }))
  expect(body).toContain('the &lt;script&gt;')
  expect(body).not.toMatch(/<b>|<script>/)
})

test('a report that is shown meanwhile says how far it is, and at which time it began', () => {
  const { body } = toReportSections(toReport({ kind: 'under-way', settled: 1, events: 2000 }))
  const text = body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
  expect(text).toContain('Under way. 1 of 2,000 events settled. The report shows the part that was done.')
  expect(text).toContain('To Acme. From 2026-11-09T08:00:00Z to 2026-11-09T08:00:01Z .')
})
