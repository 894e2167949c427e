import { createInterface } from 'node:readline/promises'
import { UsageError } from './usage-error'

export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean }
}

const YES = /^\s*y(es)?\s*$/i

/** Asks before a real workspace is changed. Without a terminal, only `--yes` confirms. Throws a `UsageError` on a no. */
export async function confirm(question: string, { input, output }: Terminal, signal: AbortSignal): Promise<void> {
  if (input.isTTY !== true || output.isTTY !== true) {
    throw new UsageError('There is no terminal to ask on. Add --yes to deliver to this workspace without being asked.')
  }
  const dialog = createInterface({ input, output })
  // Ctrl-C closes the dialog without an answer, which counts as a no.
  const closed = new Promise<string>((resolve) => {
    dialog.once('close', () => {
      resolve('')
    })
  })
  const answer = await Promise.race([closed, dialog.question(`${question} [y/N] `, { signal })]).catch(() => '')
  dialog.close()
  if (!YES.test(answer)) throw new UsageError('The answer was not yes.')
}
