import type { BrowserActionDefinition } from '@segment/browser-destination-runtime/types'
import type { Settings } from '../generated-types'
import { reportLosses } from '../losses'
import type { ActionClient } from '../messenger-session'
import { buildCommand } from './build-command'
import { command, content_id, space, text } from './fields'
import type { Payload } from './generated-types'

const action: BrowserActionDefinition<Settings, ActionClient, Payload> = {
  title: 'Messenger Command',
  description: 'Show or hide the Messenger, or open something in it, when an event happens.',
  platform: 'web',
  fields: { command, space, content_id, text },
  perform: (messenger, { payload, settings, context }) => {
    if (!messenger) return
    const { call, losses } = buildCommand(payload)
    if (call) messenger.send(call)
    reportLosses('messengerCommand', losses, context, settings)
  }
}

export default action
