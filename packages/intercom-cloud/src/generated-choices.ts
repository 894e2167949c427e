// Generated file. DO NOT MODIFY IT BY HAND.

export interface Choices {
  settings: {
    region: 'auto' | 'us' | 'eu' | 'au'
  }
  actions: {
    identifyContact: {
      role: 'lead' | 'user'
      unknown_attributes: 'leave_out' | 'create' | 'refuse'
    }
    groupIdentifyContact: {
      unknown_attributes: 'leave_out' | 'create' | 'refuse'
    }
    trackEvent: {
      unknown_contact: 'retry' | 'create' | 'fail'
    }
  }
}
