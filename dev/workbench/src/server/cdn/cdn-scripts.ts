import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { findBuiltFolder } from '../built-files'

/** The host of Intercom's script in the build of the web destination. */
const WIDGET = '"https://widget.intercom.io/widget/"'

/** The files of Analytics.js that a page may request, by name. No other file of the folder is served. */
export function readAnalyticsFiles(): ReadonlyMap<string, string> {
  const folder = path.join(findBuiltFolder(), 'analytics')
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'))
  if (!names.includes('standalone.js')) throw new Error(`${folder} has no standalone.js, which is what a page loads.`)
  return new Map(names.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]))
}

/**
 * The web destination's script, changed to load Intercom's script from this server. Throws where the host is not found
 * in the build, because a page of the workbench must never use the network.
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
  return readFileSync(path.join(findBuiltFolder(), 'intercom-web.js'), 'utf8')
}
