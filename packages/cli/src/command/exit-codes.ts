/** The exit codes of the process; `--help` lists them. */
export const EXIT_CODES = {
  delivered: 0,
  someRejected: 1,
  usage: 2,
  cannotConnect: 3,
  /** EX_SOFTWARE of sysexits.h: a bug, or a disk that failed while it was read. */
  unexpected: 70,
  /** 128 + SIGINT (2), as shells count. */
  interrupted: 130,
  /** 128 + SIGTERM (15). */
  terminated: 143
} as const
