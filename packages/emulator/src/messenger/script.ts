import { installMessenger } from './stand-in'

/** What the script leaves on the page beside `window.Intercom`, for a test to read. */
const STAND_IN = 'intercomStandIn'

/** The widget script: the stand-in as text, run on the page that loads it. */
export const messengerScript = (): string => `window.${STAND_IN} = (${installMessenger.toString()})(window);\n`
