import { runEvent } from '../../test-support/run-events'

const command = (mapping: Record<string, string | number | boolean | Record<string, string>>) =>
  runEvent(
    { type: 'track', event: 'Help Wanted', properties: { article: 'a1', object: {} } },
    { subscriptions: [{ partnerAction: 'messengerCommand', enabled: true, subscribe: 'type = "track"', mapping }] }
  )

it.each([
  [{ command: 'show' }, ['show']],
  [{ command: 'hide' }, ['hide']],
  [{ command: 'hide_notifications' }, ['hideNotifications', true]],
  [{ command: 'show_notifications' }, ['hideNotifications', false]],
  [{ command: 'show_space', space: 'help' }, ['showSpace', 'help']],
  [{ command: 'new_message' }, ['showNewMessage']],
  [{ command: 'new_message', text: 'Hello' }, ['showNewMessage', 'Hello']],
  [{ command: 'start_conversation', text: 'Hello' }, ['startConversation', 'Hello']],
  [{ command: 'show_article', content_id: { '@path': '$.properties.article' } }, ['showArticle', 'a1']],
  [{ command: 'show_article', content_id: 12 }, ['showArticle', '12']],
  [{ command: 'show_news', content_id: 'n1' }, ['showNews', 'n1']],
  [{ command: 'start_survey', content_id: 's1' }, ['startSurvey', 's1']],
  [{ command: 'start_tour', content_id: 't1' }, ['startTour', 't1']],
  [{ command: 'start_checklist', content_id: 'c1' }, ['startChecklist', 'c1']],
  [{ command: 'show_ticket', content_id: 't2' }, ['showTicket', 't2']],
  [{ command: 'show_conversation', content_id: 'c2' }, ['showConversation', 'c2']]
])('calls the Messenger: %j', async (mapping, call) => {
  expect(await command(mapping)).toMatchObject({ calls: [call], losses: [] })
})

it.each([
  [{}, 'command', 'missing'],
  [{ command: 'toString' }, 'command', 'not-a-command'],
  [{ command: 'show_space' }, 'space', 'missing'],
  [{ command: 'show_article', text: 'a1' }, 'content_id', 'missing'],
  [{ command: 'show_article', content_id: { '@path': '$.properties.object' } }, 'content_id', 'not-text']
])('reports what is missing: %j', async (mapping, path, reason) => {
  expect(await command(mapping)).toMatchObject({ calls: [], losses: [{ path, reason }] })
})

it('never starts a conversation without a text', async () => {
  expect(await command({ command: 'start_conversation' })).toMatchObject({
    calls: [],
    losses: [{ path: 'text', reason: 'missing' }]
  })
})
