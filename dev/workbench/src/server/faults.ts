import type { Emulator } from '@intercom-destinations/emulator'
import type { FaultName, FaultSwitch, Problem } from '../contract'

/** Few enough that a handful of clicks in the shop reaches it. */
const SMALL_RATE_LIMIT = 10
const SLOW_MS = 3000
const UNAVAILABLE = 503
const TOO_MANY_REQUESTS = 429

interface Trouble {
  readonly title: string
  readonly sentence: string
}

const TROUBLES: Readonly<Record<FaultName, Trouble>> = {
  'rate-limit': {
    title: 'Rate limit',
    sentence:
      'Other apps use the workspace up: one call is turned away with 429, then ten pass in each ten seconds. Events arrive late, in their order, and none is lost.'
  },
  outage: {
    title: 'Outage',
    sentence:
      'Intercom answers 503. Nothing arrives, and nothing is lost: Segment tries again for hours. Switch it off, and what waits is delivered.'
  },
  slow: {
    title: 'Slow',
    sentence:
      'Every answer takes three seconds. People and events appear with a delay; a page in the browser notices nothing.'
  },
  'index-lag': {
    title: 'Index lag',
    sentence:
      'Intercom’s search does not know people who are new. They are still found by their user id, and nobody becomes two; an event known by an e-mail address only waits until the search knows it.'
  },
  'blocked-widget': {
    title: 'Blocked widget',
    sentence:
      'An ad blocker keeps the Messenger from the page. The visitor has no chat; the page goes on, and says why. What the server side sends is not touched.'
  },
  secured: {
    title: 'Secured workspace',
    sentence:
      'The workspace wants proof of who is there. Without a user hash the Messenger treats everybody as a stranger. Switch on “Secured Workspace” in the web destination’s settings, and the shop’s proof on its account page.'
  },
  archived: {
    title: 'Archived contact',
    sentence:
      'A teammate has archived the newest person. They are gone from the lists; the next identify brings them back with all they had, and does not make a second one.'
  }
}

const NAMES: readonly FaultName[] = [
  ...(['rate-limit', 'outage', 'slow', 'index-lag', 'blocked-widget', 'secured', 'archived'] as const)
]

export const toFaultName = (text: string): FaultName | undefined => NAMES.find((name) => name === text)

/** The switches for what may go wrong at Intercom, and on a page. */
export class FaultSwitches {
  readonly #emulator: Emulator
  readonly #token: string
  readonly #on = new Map<FaultName, () => void | Promise<void>>()

  constructor(emulator: Emulator, token: string) {
    this.#emulator = emulator
    this.#token = token
  }

  get all(): readonly FaultSwitch[] {
    return NAMES.map((name) => ({ name, ...TROUBLES[name], on: this.isOn(name) }))
  }

  isOn(name: FaultName): boolean {
    return this.#on.has(name)
  }

  /** How many calls the emulated workspace lets through in ten seconds. */
  get rateLimit(): number {
    return this.isOn('rate-limit') ? SMALL_RATE_LIMIT : Infinity
  }

  async switch(name: FaultName, on: boolean): Promise<Problem | undefined> {
    if (on === this.isOn(name)) return undefined
    if (!on) {
      const off = this.#on.get(name)
      this.#on.delete(name)
      await off?.()
      return undefined
    }
    if (name === 'archived') return this.#archiveNewest()
    this.#on.set(name, this.#bring(name))
    return undefined
  }

  /** The emulator was emptied, and forgot its trouble with all else. */
  bringBack(): void {
    this.#on.delete('archived')
    for (const name of this.#on.keys()) this.#on.set(name, this.#bring(name))
  }

  #bring(name: FaultName): () => void {
    const times = Infinity
    switch (name) {
      case 'rate-limit':
        return this.#emulator.fault({ status: TOO_MANY_REQUESTS })
      case 'outage':
        return this.#emulator.fault({ status: UNAVAILABLE, times })
      case 'slow':
        return this.#emulator.fault({ trouble: 'slow', ms: SLOW_MS, times })
      case 'index-lag':
        return this.#emulator.fault({ trouble: 'index-lag', times })
      case 'blocked-widget':
      case 'secured':
      case 'archived':
        return () => undefined
    }
  }

  async #archiveNewest(): Promise<Problem | undefined> {
    const newest = this.#emulator.state.contacts.filter(({ status }) => status === 'active').at(-1)
    if (!newest)
      return { path: 'archived', message: 'There is nobody to archive yet. Sign somebody up in the shop first.' }
    const ask = (verb: string) =>
      this.#emulator.fetch(`http://emulator/contacts/${encodeURIComponent(newest.id)}/${verb}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.#token}`, 'intercom-version': '2.16' }
      })
    await ask('archive')
    this.#on.set('archived', async () => {
      // Somebody else may have brought them back meanwhile, which is as good.
      await ask('unarchive')
    })
    return undefined
  }
}
