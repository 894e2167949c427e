import type { Page } from 'playwright-core'

/** An entry of Chromium's trace. Times are in microseconds: `ts` and `dur` on the clock, `tdur` of the thread itself. */
interface TraceEntry {
  readonly name: string
  readonly thread: string
  readonly ts: number
  readonly dur: number
  readonly tdur: number
  readonly isOfTest: boolean
}

/**
 * Measures the tasks of the page's main thread until the returned function is called. That resolves to the CPU time of
 * each in milliseconds, the longest first. CPU time, because on a busy machine the clock also counts the time in which
 * other processes run. Tasks in which the test itself queries the page are left out.
 */
export async function watchTasks(page: Page): Promise<() => Promise<number[]>> {
  const browser = page.context().browser()
  if (!browser) throw new Error('The page belongs to no browser.')
  await browser.startTracing(page, { categories: ['toplevel'] })
  return async () => {
    const trace: unknown = JSON.parse((await browser.stopTracing()).toString())
    const entries = toList(toField(trace, 'traceEvents'))
    const isMain = (entry: unknown) => toField(toField(entry, 'args'), 'name') === 'CrRendererMain'
    const mains = new Set(entries.filter(isMain).map(toThread))
    const measured = entries.map(toEntry).filter(({ thread, dur }) => mains.has(thread) && dur > 0)
    const ofTest = measured.filter(({ isOfTest }) => isOfTest)
    return measured
      .filter(({ name }) => name === 'ThreadControllerImpl::RunTask')
      .filter((task) => !ofTest.some(({ ts }) => ts >= task.ts && ts <= task.ts + task.dur))
      .map(({ tdur }) => tdur / 1000)
      .sort((one, other) => other - one)
  }
}

function toEntry(entry: unknown): TraceEntry {
  const message = toField(toField(entry, 'args'), 'chrome_mojo_event_info')
  return {
    name: String(toField(entry, 'name')),
    thread: toThread(entry),
    ts: toNumber(toField(entry, 'ts')),
    dur: toNumber(toField(entry, 'dur')),
    tdur: toNumber(toField(entry, 'tdur')),
    isOfTest: toField(message, 'mojo_interface_tag') === 'blink.mojom.DevToolsSession'
  }
}

const toThread = (entry: unknown) => `${String(toField(entry, 'pid'))}:${String(toField(entry, 'tid'))}`
const toNumber = (value: unknown) => (typeof value === 'number' ? value : 0)
const toList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

function toField(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
