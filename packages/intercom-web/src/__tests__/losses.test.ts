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

describe('telling a loss never fails an event of the page', () => {
  let heard: unknown[] = []
  let debug = jest.fn()
  const hear = (event: Event) => heard.push(event instanceof CustomEvent ? event.detail : event)
  beforeEach(() => {
    heard = []
    debug = jest.fn()
    jest.spyOn(console, 'debug').mockImplementation((...args: unknown[]) => void debug(...args))
    window.addEventListener(LOSS_EVENT, hear)
  })
  afterEach(() => window.removeEventListener(LOSS_EVENT, hear))

  const told = [{ action: 'identifyUser', losses: [{ path: 'name' }, { path: 'phone' }] }]

  test('the event’s log throws: the console and the page’s listeners are told', () => {
    expect(() => report(fails)).not.toThrow()
    expect(heard).toMatchObject(told)
    expect(debug).toHaveBeenCalledTimes(2)
  })

  test('the console throws: the log and the page’s listeners are told', () => {
    jest.spyOn(console, 'debug').mockImplementation(fails)
    const log = jest.fn()
    expect(() => report(log)).not.toThrow()
    expect(heard).toMatchObject(told)
    expect(log).toHaveBeenCalledTimes(2)
  })

  test('there is no console: the log and the page’s listeners are told', () => {
    const { console: kept } = globalThis
    const log = jest.fn()
    Reflect.deleteProperty(globalThis, 'console')
    try {
      expect(() => report(log)).not.toThrow()
    } finally {
      globalThis.console = kept
    }
    expect(heard).toMatchObject(told)
    expect(log).toHaveBeenCalledTimes(2)
  })

  test('a listener throws: the event is not hurt, and the other listeners are told', () => {
    const broken = () => fails()
    const note = (event: Event) => event.preventDefault()
    window.removeEventListener(LOSS_EVENT, hear)
    window.addEventListener(LOSS_EVENT, broken)
    window.addEventListener(LOSS_EVENT, hear)
    window.addEventListener('error', note)
    try {
      expect(() => report(() => undefined)).not.toThrow()
    } finally {
      window.removeEventListener(LOSS_EVENT, broken)
      window.removeEventListener('error', note)
    }
    expect(heard).toMatchObject(told)
  })

  test('the page has replaced its events: the log and the console are told', () => {
    jest.spyOn(window, 'dispatchEvent').mockImplementation(fails)
    const log = jest.fn()
    expect(() => report(log)).not.toThrow()
    expect(log).toHaveBeenCalledTimes(2)
    expect(debug).toHaveBeenCalledTimes(2)
  })
})
