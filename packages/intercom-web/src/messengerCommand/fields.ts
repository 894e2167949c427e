import type { InputField } from '@segment/actions-core'

export const command = {
  label: 'Command',
  description: 'What the Messenger does.',
  type: 'string',
  required: true,
  choices: [
    { label: 'Show the Messenger', value: 'show' },
    { label: 'Hide the Messenger', value: 'hide' },
    { label: 'Hide the notifications', value: 'hide_notifications' },
    { label: 'Show the notifications again', value: 'show_notifications' },
    { label: 'Show a space', value: 'show_space' },
    { label: 'Show an empty conversation', value: 'new_message' },
    { label: 'Start a conversation in the name of the visitor', value: 'start_conversation' },
    { label: 'Show an article', value: 'show_article' },
    { label: 'Show a news item', value: 'show_news' },
    { label: 'Start a survey', value: 'start_survey' },
    { label: 'Start a product tour', value: 'start_tour' },
    { label: 'Start a checklist', value: 'start_checklist' },
    { label: 'Show a ticket', value: 'show_ticket' },
    { label: 'Show a conversation', value: 'show_conversation' }
  ]
} as const satisfies InputField

export const space = {
  label: 'Space',
  description: 'For "Show a space": home, messages, help, news, tasks or tickets.',
  type: 'string'
} as const satisfies InputField

export const content_id = {
  label: 'Content ID',
  description: "Intercom's id of the article, news item, survey, tour, checklist, ticket or conversation.",
  type: 'string'
} as const satisfies InputField

export const text = {
  label: 'Text',
  description:
    'The text of the new message. "Start a conversation" sends it in the name of the visitor, and does nothing without it.',
  type: 'string'
} as const satisfies InputField
