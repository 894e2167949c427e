/** The types of Segment's calls, in the usual order of use. */
export const EVENT_TYPES = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const
