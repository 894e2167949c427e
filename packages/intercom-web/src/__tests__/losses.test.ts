import { LOSS_EVENT, reportLosses } from '../losses'

const fails = () => {
  throw new Error('the page is broken')
}
const LOSSES = [
  { path: 'name', reason: 'not-text' },
  { path: 'phone', reason: 'not-text' }
] as const
const report = (log: (level: string, message: string) => void) =>
  reportLosses('identifyUser', LOSSES, { log }, { appId: 'a1', debug: true })

describe('reporting a loss never fails an event', () => {
  let received: unknown[] = []
  let debug = jest.fn()
  const onLoss = (event: Event) => received.push(event instanceof CustomEvent ? event.detail : event)
  beforeEach(() => {
    received = []
    debug = jest.fn()
    jest.spyOn(console, 'debug').mockImplementation((...args: unknown[]) => void debug(...args))
    window.addEventListener(LOSS_EVENT, onLoss)
  })
  afterEach(() => window.removeEventListener(LOSS_EVENT, onLoss))

  const expected = [{ action: 'identifyUser', losses: [{ path: 'name' }, { path: 'phone' }] }]

  test('the event’s log throws: console and listeners get the report', () => {
    expect(() => report(fails)).not.toThrow()
    expect(received).toMatchObject(expected)
    expect(debug).toHaveBeenCalledTimes(2)
  })

  test('the console throws: log and listeners get the report', () => {
    jest.spyOn(console, 'debug').mockImplementation(fails)
    const log = jest.fn()
    expect(() => report(log)).not.toThrow()
    expect(received).toMatchObject(expected)
    expect(log).toHaveBeenCalledTimes(2)
  })

  test('there is no console: log and listeners get the report', () => {
    const { console: kept } = globalThis
    const log = jest.fn()
    Reflect.deleteProperty(globalThis, 'console')
    try {
      expect(() => report(log)).not.toThrow()
    } finally {
      globalThis.console = kept
    }
    expect(received).toMatchObject(expected)
    expect(log).toHaveBeenCalledTimes(2)
  })

  test('a listener throws: the other listeners get the report', () => {
    const broken = () => fails()
    const note = (event: Event) => event.preventDefault()
    window.removeEventListener(LOSS_EVENT, onLoss)
    window.addEventListener(LOSS_EVENT, broken)
    window.addEventListener(LOSS_EVENT, onLoss)
    window.addEventListener('error', note)
    try {
      expect(() => report(() => undefined)).not.toThrow()
    } finally {
      window.removeEventListener(LOSS_EVENT, broken)
      window.removeEventListener('error', note)
    }
    expect(received).toMatchObject(expected)
  })

  test('dispatchEvent throws: log and console get the report', () => {
    jest.spyOn(window, 'dispatchEvent').mockImplementation(fails)
    const log = jest.fn()
    expect(() => report(log)).not.toThrow()
    expect(log).toHaveBeenCalledTimes(2)
    expect(debug).toHaveBeenCalledTimes(2)
  })
})
