export { Engine } from './engine'
export { toWhyNot } from './why-not'
export { toSegmentEvent } from './event-record'
export type { CloudTarget, Configuration, DeliveryObserver, EngineOptions, Settlement } from './engine-types'
