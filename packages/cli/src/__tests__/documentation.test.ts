import { readFileSync } from 'node:fs'
import path from 'node:path'
import { HELP_PAGES } from '../text/documentation'

const DOCUMENTS = path.join(__dirname, '../../../../docs')
const HEADING = /^##+ (.*)$/gm
/** As GitHub makes an anchor of a heading. */
const toAnchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replace(/\s/g, '-')

it.each(Object.entries(HELP_PAGES))('the address that is printed for %s leads to a section', (_, address) => {
  const [file = '', anchor] = address.split('/docs/')[1]?.split('#') ?? []
  const text = readFileSync(path.join(DOCUMENTS, file), 'utf8')
  expect([...text.matchAll(HEADING)].map(([, heading = '']) => toAnchor(heading))).toContain(anchor)
})
