/** The custom attributes of the workspace in all scenarios. Intercom does not know any other name. */
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
