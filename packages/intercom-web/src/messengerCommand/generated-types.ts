// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * What the Messenger does.
   */
  command: string
  /**
   * For "Show a space": home, messages, help, news, tasks or tickets.
   */
  space?: string
  /**
   * Intercom's id of the article, news item, survey, tour, checklist, ticket or conversation.
   */
  content_id?: string
  /**
   * The text of the new message. "Start a conversation" sends it in the name of the visitor, and does nothing without it.
   */
  text?: string
}
