import { openWorkbench, type Opened } from './opened'
import { talkTo, type Talk } from './talk'

/** The workbench of the tests of one file. */
interface ForTests {
  readonly opened: Pick<Opened, 'url' | 'visit'>
  readonly talk: Talk
}

/** Opens one workbench for all tests of a file, or a new one for each, and closes it afterwards. */
export function openFor(tests: 'all tests' | 'each test'): ForTests {
  let workbench: Opened
  const [before, after] = tests === 'all tests' ? [beforeAll, afterAll] : [beforeEach, afterEach]
  before(async () => {
    workbench = await openWorkbench()
  })
  after(async () => {
    await workbench.close()
  })
  const opened: ForTests['opened'] = {
    get url() {
      return workbench.url
    },
    visit: (...place) => workbench.visit(...place)
  }
  return { opened, talk: talkTo(opened) }
}
