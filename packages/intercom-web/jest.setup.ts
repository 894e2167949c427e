import { TextEncoder } from 'node:util'

// Every browser has it, but jsdom hides Node's. The MD5 of a company's name needs it.
Object.defineProperty(globalThis, 'TextEncoder', { value: TextEncoder })
