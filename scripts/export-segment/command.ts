import { exportInto, Refused } from './export'

const HELP = `Writes both destinations into a checkout of Segment's repository action-destinations.

  yarn export:segment DIR

  DIR   the checkout, or an empty folder. The folders of today's Intercom destinations in it are replaced.

Exit code: 0 when all files are written, 1 when DIR is refused, 2 for a mistake on the command line.
What to do next: docs/into-segment.md
`

export interface Streams {
  out: (text: string) => unknown
  error: (text: string) => unknown
}

/** Runs the command; the result is its exit code. */
export async function runCommand(args: readonly string[], { out, error }: Streams): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    out(HELP)
    return 0
  }
  const [directory, ...others] = args
  if (directory === undefined || directory === '' || others.length > 0 || directory.startsWith('-')) {
    error(`Name one folder.\n\n${HELP}`)
    return 2
  }
  try {
    const { files, replaced, prettier } = await exportInto(directory)
    for (const { folder, files: count } of replaced) out(`replaced ${folder}, which had ${count} files\n`)
    for (const file of files) out(`wrote ${file}\n`)
    out(`${files.length} files, formatted by prettier ${prettier}. Next: docs/into-segment.md\n`)
    return 0
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown
    error(`${thrown.message}\n`)
    return 1
  }
}
