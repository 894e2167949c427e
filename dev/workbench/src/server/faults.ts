import type { Emulator } from '@intercom-destinations/emulator'
import { INTERCOM_API_VERSION } from '@intercom-destinations/intercom-cloud'
import type { FaultName, FaultSwitch, Problem } from '../contract'

/** Small enough that a few clicks in the shop reach it. */
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
      'Other apps use most of the limit: one call is refused with 429, then ten calls pass in each ten seconds. Events arrive late, in order, and none is lost. After it is switched off, events that were asked to wait still do, for ten seconds at most.'
  },
  outage: {
    title: 'Outage',
    sentence:
      'Intercom answers 503. Nothing arrives, and nothing is lost: Segment retries for hours. Switch it off, and the waiting events are delivered.'
  },
  slow: {
    title: 'Slow',
    sentence:
      'Every answer takes three seconds. People and events appear with a delay. The browser’s page is not affected.'
  },
  'index-lag': {
    title: 'Index lag',
    sentence:
      'Intercom’s search does not find new people yet. They are still found by their user ID, so none is created twice. An event with only an e-mail address waits until the search finds it.'
  },
  'blocked-widget': {
    title: 'Blocked widget',
    sentence:
      'An ad blocker keeps the Messenger from the page. The visitor has no chat; the page keeps working and shows why. Deliveries from the server are not affected.'
  },
  secured: {
    title: 'Secured workspace',
    sentence:
      'The workspace requires identity verification. Without a user hash the Messenger treats every person as an anonymous visitor. Switch on “Secured Workspace” in the web destination’s settings, and the proof on the shop’s account page.'
  },
  archived: {
    title: 'Archived contact',
    sentence:
      'A teammate has archived the newest person. They are gone from the lists. The next identify restores them with all their data and does not create a second contact.'
  }
}

const NAMES: readonly FaultName[] = [
  ...(['rate-limit', 'outage', 'slow', 'index-lag', 'blocked-widget', 'secured', 'archived'] as const)
]

export const toFaultName = (text: string): FaultName | undefined => NAMES.find((name) => name === text)

/** Faults apply to Intercom's API and not to its consent page. */
const API = { path: /^\/(?!oauth|auth\/)/ }

/** The switches for simulated faults of Intercom and of a page. */
export class FaultSwitches {
  readonly #emulator: Emulator
  readonly #token: string
  /** The faults that are on, each with the function that removes it from the emulator. */
  readonly #on = new Map<FaultName, () => void>()
  #archived: string | undefined
  /** Switching runs one at a time. */
  #latest: Promise<unknown> = Promise.resolve()

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

  switch(name: FaultName, on: boolean): Promise<Problem | undefined> {
    const switched = this.#latest.then(() => this.#switch(name, on))
    this.#latest = switched.catch(() => undefined)
    return switched
  }

  /** Applies the faults again after a reset of the emulator, which has removed them. */
  bringBack(): void {
    this.#on.delete('archived')
    for (const name of this.#on.keys()) this.#on.set(name, this.#bring(name))
  }

  async #switch(name: FaultName, on: boolean): Promise<Problem | undefined> {
    if (on === this.isOn(name)) return undefined
    if (name === 'archived') return on ? this.#archiveNewest() : this.#unarchive()
    if (on) this.#on.set(name, this.#bring(name))
    else this.#off(name)
    return undefined
  }

  #off(name: FaultName): void {
    this.#on.get(name)?.()
    this.#on.delete(name)
  }

  #bring(name: FaultName): () => void {
    const times = Infinity
    switch (name) {
      case 'rate-limit':
        return this.#emulator.fault({ status: TOO_MANY_REQUESTS, match: API })
      case 'outage':
        return this.#emulator.fault({ status: UNAVAILABLE, times, match: API })
      case 'slow':
        return this.#emulator.fault({ trouble: 'slow', ms: SLOW_MS, times, match: API })
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
    if (!newest) return toProblem('There is no contact to archive yet. Sign up in the shop first.')
    if (!(await this.#ask(newest.id, 'archive'))) return toProblem('The newest person could not be archived.')
    this.#archived = newest.id
    this.#on.set('archived', () => undefined)
    return undefined
  }

  async #unarchive(): Promise<Problem | undefined> {
    const isArchived = this.#emulator.state.contacts.some(
      ({ id, status }) => id === this.#archived && status === 'archived'
    )
    // An identify may have restored the contact already.
    if (isArchived && !(await this.#ask(this.#archived ?? '', 'unarchive')))
      return toProblem('The archived person could not be brought back.')
    this.#off('archived')
    return undefined
  }

  /** Acts as a teammate in Intercom's own pages, which faults of the API do not affect. */
  async #ask(id: string, verb: 'archive' | 'unarchive'): Promise<boolean> {
    const troubles = [...this.#on.keys()].filter((name) => name !== 'archived')
    for (const name of troubles) this.#on.get(name)?.()
    try {
      const { ok } = await this.#emulator.fetch(`http://emulator/contacts/${encodeURIComponent(id)}/${verb}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.#token}`, 'intercom-version': INTERCOM_API_VERSION }
      })
      return ok
    } finally {
      for (const name of troubles) this.#on.set(name, this.#bring(name))
    }
  }
}

const toProblem = (message: string): Problem => ({ path: 'archived', message })
