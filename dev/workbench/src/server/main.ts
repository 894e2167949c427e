import { printableLines } from '@intercom-destinations/cli'
import { runWorkbench } from './run-workbench'

runWorkbench(process.argv.slice(2), 'yarn start').then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.stderr.write(`${printableLines(text)}\n`)
    process.exitCode = 1
  }
)
