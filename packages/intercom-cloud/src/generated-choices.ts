// Generated file. DO NOT MODIFY IT BY HAND.

export interface Choices {
  settings: {
    region: 'auto' | 'us' | 'eu' | 'au'
  }
  actions: {
    identifyContact: {
      role: 'lead' | 'user' | 'auto'
      use_anonymous_id: 'false' | 'true'
      nested_values: 'leave_out' | 'flatten' | 'json'
      unknown_attributes: 'leave_out' | 'create' | 'refuse'
      unchanged_values: 'skip' | 'send'
      tags_from_traits: 'leave' | 'add'
      convert_visitor: 'false' | 'true'
    }
    groupIdentifyContact: {
      nested_values: 'leave_out' | 'flatten' | 'json'
      use_anonymous_id: 'false' | 'true'
      unknown_attributes: 'leave_out' | 'create' | 'refuse'
      unchanged_values: 'skip' | 'send'
      tags_from_traits: 'leave' | 'add'
    }
    trackEvent: {
      use_anonymous_id: 'false' | 'true'
      nested_values: 'leave_out' | 'flatten' | 'json'
      unknown_contact: 'retry' | 'create' | 'fail'
    }
    audienceToTag: {
      unknown_contact: 'retry' | 'create' | 'fail'
    }
    archiveContact: {
      operation: 'archive' | 'unarchive'
    }
  }
}
