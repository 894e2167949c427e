import path from 'node:path'
import { generatedTypes } from '../scripts/generate-types'
import { isStale } from '../scripts/stale-files'

test('the payload types that actions compile against are those of their fields (`yarn types` writes them)', async () => {
  const types = await generatedTypes()
  expect(types.map(({ file }) => path.basename(path.dirname(file)))).toEqual([
    'src',
    'trackEvent',
    'identifyUser',
    'identifyCompany',
    'src',
    'identifyContact',
    'groupIdentifyContact',
    'trackEvent'
  ])
  expect(types.filter(isStale).map(({ file }) => file)).toEqual([])
})
