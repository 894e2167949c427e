import type { Report } from '../report'
import { Html, html, NOTHING } from './html'

/** What stands where a reader of the report can do something about it. */
export interface Controls {
  readonly again: (report: Pick<Report, 'again'>) => Html
  readonly createAttributes: (report: Pick<Report, 'createAttributes'>) => Html
}

/** Commands for a shell, in a page that runs no scripts. */
export const COMMANDS: Controls = {
  again: ({ again }) =>
    again === null
      ? NOTHING
      : html`<p>
            Send the failed events again, once the reasons are dealt with. They are in <code>${again.file}</code>:
          </p>
          <pre><code>${again.command}</code></pre>`,
  createAttributes: ({ createAttributes }) =>
    createAttributes === null
      ? NOTHING
      : html`<p>Create them in Intercom’s settings, or by this command, which lists them first:</p>
          <pre><code>${createAttributes}</code></pre>`
}

/** Places for the buttons of the page around it. */
export const SLOTS: Controls = {
  again: () => new Html('<slot name="send-again"></slot>'),
  createAttributes: () => new Html('<slot name="create-attributes"></slot>')
}
