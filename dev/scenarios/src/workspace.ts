/** The custom attributes that the book's workspace has. A name that is not here is unknown to Intercom. */
export const WORKSPACE_ATTRIBUTES = {
  contact: [
    { name: 'plan', data_type: 'string' },
    { name: 'seats', data_type: 'integer' },
    { name: 'score', data_type: 'float' },
    { name: 'beta', data_type: 'boolean' },
    { name: 'trial_ends', data_type: 'datetime' },
    { name: 'nickname', data_type: 'string' },
    { name: 'device_type', data_type: 'string' },
    { name: 'os_name', data_type: 'string' },
    { name: 'app_version', data_type: 'string' }
  ],
  company: [
    { name: 'tier', data_type: 'string' },
    { name: 'region', data_type: 'string' },
    { name: 'seats', data_type: 'integer' }
  ]
} as const
