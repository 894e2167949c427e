export type { MessengerAnswer, MessengerSession, MessengerSessionOptions } from './messenger-session'
export { messengerScript } from './messenger-script'
export {
  installMessenger,
  type MessengerCall,
  type MessengerOptions,
  type MessengerPage,
  type MessengerStandIn,
  type MessengerState
} from './messenger-stand-in'
