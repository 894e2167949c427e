// Generated file. DO NOT MODIFY IT BY HAND.

export interface Choices {
  settings: {
    region: 'auto' | 'us' | 'eu' | 'au'
  }
  actions: {
    identifyContact: {
      role: 'lead' | 'user'
      unknown_attributes: 'leave_out' | 'create' | 'refuse'
      unchanged_values: 'skip' | 'send'
    }
    groupIdentifyContact: {
      unknown_attributes: 'leave_out' | 'create' | 'refuse'
      unchanged_values: 'skip' | 'send'
    }
    trackEvent: {
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
