/** The regions of an Intercom workspace; `auto` lets Intercom route each call. */
export const REGIONS = ['auto', 'us', 'eu', 'au'] as const
