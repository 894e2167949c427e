/** Of Segment's calls, in the order in which people meet them. */
export const EVENT_TYPES = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const
