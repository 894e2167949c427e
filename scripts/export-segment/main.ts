import { exportInto, Refused } from './export'

const HELP = `Writes both destinations into a checkout of Segment's repository action-destinations.

  yarn export:segment DIR

  DIR   the checkout, or an empty folder. The folders of today's Intercom destinations in it are replaced.

Exit code: 0 when all files are written, 1 when DIR is refused, 2 for a mistake on the command line.
What to do next: docs/into-segment.md
`

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(HELP)
    return 0
  }
  const [directory, ...others] = args
  if (directory === undefined || directory === '' || others.length > 0 || directory.startsWith('-')) {
    process.stderr.write(`Name one folder.\n\n${HELP}`)
    return 2
  }
  const { files, replaced, prettier } = await exportInto(directory)
  for (const { folder, files: count } of replaced) process.stdout.write(`replaced ${folder} (${count} files)\n`)
  for (const file of files) process.stdout.write(`wrote ${file}\n`)
  process.stdout.write(`${files.length} files, formatted by prettier ${prettier}. Next: docs/into-segment.md\n`)
  return 0
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    if (!(error instanceof Refused)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
)
