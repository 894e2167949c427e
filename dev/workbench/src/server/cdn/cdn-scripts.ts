import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

/** Where the web destination looks for Intercom's script, as its build has it. */
const WIDGET = '"https://widget.intercom.io/widget/"'

/** The files of Analytics.js that a page may ask for, by name: nothing else of the folder can be named. */
export function readAnalyticsFiles(): ReadonlyMap<string, string> {
  const folder = path.join(path.dirname(require.resolve('@segment/analytics-next/package.json')), 'dist', 'umd')
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'))
  if (!names.includes('standalone.js')) throw new Error(`${folder} has no standalone.js, which is what a page loads.`)
  return new Map(names.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]))
}

/**
 * The web destination as pages load it, made to ask this server for Intercom's script. Throws where it cannot be sure
 * of that: a page of the workbench must never ask the network.
 */
export function readWebDestination(read: () => string = readBuilt): (widgetUrl: string) => string {
  const [before, after, ...more] = read().split(WIDGET)
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`The built web destination must name ${WIDGET} exactly once. Build it anew: yarn build.`)
  }
  if (`${before}${after}`.includes('widget.intercom.io/')) {
    throw new Error('The built web destination names widget.intercom.io in a second way. Adapt cdn-scripts.ts to it.')
  }
  return (widgetUrl) => `${before}${JSON.stringify(widgetUrl)}${after}`
}

function readBuilt(): string {
  return readFileSync(require.resolve('@intercom-destinations/intercom-web/remote'), 'utf8')
}
