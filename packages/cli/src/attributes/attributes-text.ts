import type { AttributeRow } from '../report/report'
import { printable } from '../text/printable'
import { amount, plural, wrap } from '../text/text-layout'

const COUNT_WIDTH = 7

interface MissingAttributesReport {
  readonly workspace: string
  readonly region: string
  readonly missing: readonly AttributeRow[]
}

/** The list for people, with the number of events that have each attribute. */
export function toAttributesText({ workspace, region, missing }: MissingAttributesReport): string {
  const where = `${printable(workspace)} (region ${region})`
  if (missing.length === 0) return wrap(`${where} has every custom attribute that the file sends.`, 0).join('\n')
  const rows = missing.flatMap(({ count, model, name, type }) => {
    const [first = '', ...rest] = wrap(`${model.padEnd(COUNT_WIDTH)} ${printable(name)}: ${type}`, COUNT_WIDTH + 2)
    return [amount(count).padStart(COUNT_WIDTH) + first.slice(COUNT_WIDTH), ...rest]
  })
  return [
    ...wrap(`${where} lacks ${plural(missing.length, 'custom attribute')}, with how many events have it:`, 0),
    ...rows,
    ...wrap('The type of an attribute cannot be changed later. --create creates them.', 0)
  ].join('\n')
}
