export { createEngine } from './engine/create-engine'
export { toWhyNot } from './engine/why-not'
export { toSegmentEvent } from './engine/event-record'
export type { CloudTarget, Configuration, Engine, EngineOptions } from './engine/engine-types'
