import { RecordingMessenger } from './messenger-stand-in'

/** The script leaves the stand-in on the page under this name, for a test to read. */
const STAND_IN = 'intercomStandIn'

/** The widget script: the text of the stand-in's class, installed on the page that loads it. */
export const messengerScript = (): string => `window.${STAND_IN} = new (${RecordingMessenger.toString()})(window);\n`
