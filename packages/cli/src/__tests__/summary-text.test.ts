import type { Summary } from '../deliver/summary'
import { toSummaryText } from '../deliver/summary-text'

const SUMMARY: Summary = {
  workspace: 'Acme',
  playedBy: 'the built-in emulator',
  stoppedEarly: false,
  brokeOff: null,
  complete: true,
  seconds: 2.34,
  lines: { read: 1012, earlier: 0, blank: 0, unreadable: 2, events: 1010 },
  whole: { delivered: 1000, failed: 9, nothingToDeliver: 3 },
  events: { delivered: 1000, rejected: 7, notForIntercom: 3 },
  actions: [{ action: 'Track Event', delivered: 1000, rejected: 7 }],
  rejections: [
    {
      action: 'Track Event',
      reason:
        'Intercom does not know the person of this event. Identify people before their events, or let the mapping create unknown contacts.',
      status: 400,
      retryable: false,
      count: 7,
      lines: [4, 9, 12, 13, 14, 15]
    }
  ],
  unreadable: [{ reason: 'not-json', count: 2, lines: [2, 1000] }],
  notForIntercom: [{ reason: 'no subscription takes page calls', count: 3, lines: [5] }],
  losses: [
    { action: 'Track Event', path: 'metadata.cart', reason: 'nested-value', count: 12, lines: [3] },
    { action: 'Track Event', path: 'metadata.\u001b[31mred', reason: 'nested-value', count: 1, lines: [6] },
    { action: 'Identify Contact', path: 'custom_attributes.plan', reason: 'unknown-attribute', count: 1, lines: [8] }
  ],
  doubtful: [{ action: 'Track Event', path: 'timestamp', reason: 'other-time', count: 3, lines: [7] }],
  timesAdded: 1,
  countedTwice: 0,
  retries: 1,
  requests: {
    total: 2001,
    perDeliveredEvent: 2.001,
    operations: [
      { operation: 'POST /events', count: 2000, refused: 7 },
      { operation: 'GET /contacts/find_by_external_id/{id}', count: 1, refused: 0 }
    ]
  },
  intercomHolds: { users: 1, leads: 0, companies: 1, attachments: 2, events: 1000, tags: 0 }
}

describe('toSummaryText', () => {
  it('prints everything, aligned, in 80 columns and without escape sequences', () => {
    expect(toSummaryText(SUMMARY, { styled: false }).split('\n')).toEqual([
      'Delivered to Acme, played by the built-in emulator, in 2.3 s',
      '  1,000  of 1,010 events delivered',
      '      7  rejected',
      '      3  not for Intercom',
      '      2  of 1,012 lines unreadable',
      '',
      'Delivered',
      '  1,000  Track Event',
      '',
      'Rejected',
      '      7  Track Event, lines 4, 9, 12, 13, 14 and 2 more, status 400',
      '         Intercom does not know the person of this event. Identify people before',
      '         their events, or let the mapping create unknown contacts.',
      '',
      'Unreadable lines',
      '      2  it is not JSON: lines 2, 1,000',
      '',
      'Not for Intercom',
      '      3  no subscription takes page calls',
      '',
      'Left out of what was delivered: 14 values',
      '  Intercom stores single values only, not objects or lists:',
      '     12  Track Event       metadata.cart',
      '      1  Track Event       metadata.·[31mred',
      '  the workspace has no attribute of this name:',
      '      1  Identify Contact  custom_attributes.plan',
      '',
      'Doubtful, sent although Intercom may ignore or change it: 3 values',
      '  it cannot be read as one moment in time, so the next time of the event was',
      '  used:',
      '      3  Track Event  timestamp',
      '',
      'Requests',
      '  2,001  in all, 2.00 for each delivered event',
      '  2,000  POST /events (7 answered with an error)',
      '      1  GET /contacts/find_by_external_id/{id}',
      '      1  delivery tried again',
      '',
      'Intercom now holds',
      '      1  user',
      '      0  leads',
      '      1  company',
      '      2  attachments of a contact to a company',
      '  1,000  events',
      '      0  tags',
      '',
      'An error among the requests is no failure by itself: the destination reads it',
      'and sends what Intercom accepts.',
      'Attributes the workspace lacks arrive once they are created in Intercom; here,',
      'once a --workspace file lists them.',
      '1 event came without a timestamp and got the time of sending, else of this',
      'delivery.',
      'Numbers are those of the file. --json lists more of them.',
      'What the reasons mean:',
      'https://github.com/intercom-destinations/intercom-destinations/blob/main/docs/troubleshooting.md#an-event-is-rejected'
    ])
  })

  it('aligns large counts, and keeps long names within the line', () => {
    const lines = { ...SUMMARY.lines, read: 3_000_000, events: 3_000_000 }
    const events = { ...SUMMARY.events, delivered: 3_000_000 }
    const losses = SUMMARY.losses.map((loss) => ({ ...loss, path: `metadata.${'x'.repeat(300)}` }))
    const text = toSummaryText({ ...SUMMARY, lines, events, losses }, { styled: false }).split('\n')
    expect(text.slice(1, 3)).toEqual(['  3,000,000  of 3,000,000 events delivered', '          7  rejected'])
    expect(Math.max(...text.filter((line) => !line.includes('://')).map((line) => line.length))).toBe(80)
  })

  it('counts the whole of a run that was continued, and names the places in several files', () => {
    const text = toSummaryText(
      {
        ...SUMMARY,
        lines: { ...SUMMARY.lines, earlier: 500 },
        whole: { delivered: 1490, failed: 19, nothingToDeliver: 3 },
        unreadable: [{ reason: 'not-json', count: 2, lines: [2, 1000], places: ['a.gz line 2', 'b.json event 40'] }]
      },
      { styled: false }
    )
    expect(text.split('\n').slice(1, 7)).toEqual([
      '  All parts of this run together:',
      '  1,490  delivered',
      '     19  rejected or unreadable',
      '      3  not for Intercom, or blank',
      '  This part:',
      '  1,000  of 1,010 events delivered'
    ])
    expect(text).toContain('      2  it is not JSON: a.gz line 2, b.json event 40\n')
  })

  it('shows that it was stopped', () => {
    expect(toSummaryText({ ...SUMMARY, stoppedEarly: true, seconds: 192 }, { styled: false })).toContain(
      'Stopped early. Until then: delivered to Acme, played by the built-in emulator,\nin 3 min 12 s\n'
    )
  })

  it('leaves empty sections out', () => {
    const nothing = { ...SUMMARY, losses: [], rejections: [], unreadable: [], notForIntercom: [] }
    expect(toSummaryText(nothing, { styled: false })).not.toMatch(/Rejected\n|Left out|Unreadable|Not for/)
  })

  it('shows ten fields of a reason and counts the others', () => {
    const losses = Array.from({ length: 12 }, (_, index) => ({
      action: 'Track Event',
      path: `metadata.key_${index}`,
      reason: 'too-many-keys' as const,
      count: 1,
      lines: [1]
    }))
    const text = toSummaryText({ ...SUMMARY, losses }, { styled: false })
    expect(text).toContain('metadata.key_9\n')
    expect(text).not.toContain('metadata.key_10')
    expect(text).toContain('and 2 more fields; --json lists them')
  })

  it('is bold on a terminal only', () => {
    expect(toSummaryText(SUMMARY, { styled: true })).toContain('\u001b[1mRejected\u001b[0m')
    expect(toSummaryText(SUMMARY, { styled: false })).not.toContain('\u001b')
  })
})
