import { createSender, type IntercomSender, type SenderOptions } from '@intercom-destinations/delivery'
import { createEmulator, serve, type Emulator } from '@intercom-destinations/emulator'

const TOKEN = 'secret-token'

const closing: (() => Promise<unknown>)[] = []

export interface OpenWorkspace {
  emulator: Emulator
  url: string
  sender: IntercomSender
}

/** An emulated workspace, and a sender that makes one attempt for each event. */
export async function openWorkspace(options: Partial<SenderOptions> = {}): Promise<OpenWorkspace> {
  const emulator = createEmulator({ token: TOKEN })
  const { url, close } = await serve(emulator)
  const sender = createSender({ token: TOKEN, restHost: url, retries: 'none', ...options })
  closing.push(() => sender.close(), close)
  return { emulator, url, sender }
}

export async function closeWorkspaces(): Promise<void> {
  for (const close of closing.splice(0)) await close()
}

const timestamp = '2024-01-02T03:04:05Z'

/** As Segment sends them to a destination. */
export const identify = (userId: string, traits: object = { name: 'Ada' }) => ({
  messageId: `identify-${userId}`,
  type: 'identify',
  userId,
  traits,
  context: { library: { name: 'analytics.js', version: '2.0.0' } },
  integrations: {},
  timestamp,
  sentAt: timestamp,
  receivedAt: timestamp,
  originalTimestamp: timestamp,
  version: 2
})
