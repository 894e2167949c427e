import { openFolder } from '../test-support/open-folder'

const { run, write, remove } = openFolder()
afterAll(remove)

const MAPPING = {
  name: 'Orders',
  actionSlug: 'trackEvent',
  enabled: true,
  trigger: 'type = "track" and',
  settings: {
    event_name: { '@path': '$.event ' },
    created_at: { '@path': '$.timestamp' },
    user_id: { '@path': '$.userId' }
  }
}
const TRACK = '{"type":"track","userId":"u1","event":"Clicked","timestamp":"2026-11-09T08:00:00Z"}\n'
const WARNINGS = [
  'In the mapping “Orders”, subscribe: Segment reads this trigger as: type = "track" – and ignores the rest. Complete or remove it.',
  'In the mapping “Orders”, mapping.event_name: The path “$.event ” has a blank at its end, so it finds nothing. Remove the blank.'
]

describe('a mapping as the Public API lists it', () => {
  const file = write('api.json', JSON.stringify({ data: { subscriptions: [MAPPING] } }))

  it.each(['deliver', 'check-connection', 'trace'])(
    'is taken by %s, which says what Segment would ignore',
    async (command) => {
      const { err, out } = await run([command, write('track.ndjson', TRACK), '--mapping', file, '--json'])
      for (const warning of WARNINGS) expect(err).toContain(warning)
      expect(out).not.toBe('')
    }
  )

  it('is printed as Segment saves it, and back', async () => {
    const saved = await run(['mappings', file])
    expect(JSON.parse(saved.out)).toEqual([
      {
        name: 'Orders',
        partnerAction: 'trackEvent',
        enabled: true,
        subscribe: MAPPING.trigger,
        mapping: MAPPING.settings
      }
    ])
    expect(saved.err.trimEnd().split('\n')).toEqual(WARNINGS)
    expect(saved.code).toBe(1)
    const terraform = await run(['mappings', write('saved.json', saved.out), '--format', 'terraform'])
    const api = await run(['mappings', write('terraform.tf.json', terraform.out), '--format', 'public-api'])
    expect(JSON.parse(api.out)).toEqual({ data: { subscriptions: [MAPPING] } })
  })

  it('with an id alone that no action fits is refused with what to do', async () => {
    const unclear = write(
      'unclear.json',
      JSON.stringify([{ ...MAPPING, actionSlug: undefined, actionId: 'kAs8', settings: {} }])
    )
    const { code, err } = await run(['mappings', unclear])
    expect(err).toContain('[0].actionId is "kAs8", which does not say which action it is')
    expect(err).toContain('add "actionSlug" with one of identifyContact, groupIdentifyContact, trackEvent')
    expect(code).toBe(2)
  })
})
