// Generated file. DO NOT MODIFY IT BY HAND.

export interface Choices {
  settings: {
    apiBase: 'https://api-iam.intercom.io' | 'https://api-iam.eu.intercom.io' | 'https://api-iam.au.intercom.io'
    alignment: 'left' | 'right'
    themeMode: 'light' | 'dark' | 'system'
  }
  actions: {
    trackEvent: {
      nested_values: 'leave_out' | 'flatten' | 'json'
    }
    identifyUser: {
      nested_values: 'leave_out' | 'flatten' | 'json'
    }
    identifyCompany: {
      nested_values: 'leave_out' | 'flatten' | 'json'
    }
    messengerCommand: {
      command:
        | 'show'
        | 'hide'
        | 'hide_notifications'
        | 'show_notifications'
        | 'show_space'
        | 'new_message'
        | 'start_conversation'
        | 'show_article'
        | 'show_news'
        | 'start_survey'
        | 'start_tour'
        | 'start_checklist'
        | 'show_ticket'
        | 'show_conversation'
    }
  }
}
