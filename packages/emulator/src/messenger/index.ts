export { messengerScript } from './script'
export {
  installMessenger,
  type MessengerCall,
  type MessengerOptions,
  type MessengerPage,
  type MessengerStandIn,
  type MessengerState
} from './stand-in'
