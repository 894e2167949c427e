const TROUBLESHOOTING =
  'https://github.com/intercom-destinations/intercom-destinations/blob/main/docs/troubleshooting.md'

/** Sections of `docs/troubleshooting.md`, which a test compares with its headings. */
export const HELP_PAGES = {
  rejected: `${TROUBLESHOOTING}#an-event-is-rejected`,
  losses: `${TROUBLESHOOTING}#a-value-is-missing-in-intercom`,
  twice: `${TROUBLESHOOTING}#an-event-is-there-twice`,
  nothing: `${TROUBLESHOOTING}#i-see-nothing-in-intercom`,
  connection: `${TROUBLESHOOTING}#the-connection-fails`,
  files: `${TROUBLESHOOTING}#a-file-cannot-be-read`
} as const
