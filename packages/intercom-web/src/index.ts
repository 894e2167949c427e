export { destination } from './definition'
export * from './factory'
export { default } from './factory'
