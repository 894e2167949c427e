import { TextEncoder } from 'node:util'

// Every browser has it; jsdom hides the one of Node. The MD5 of a company's name needs it.
Object.defineProperty(globalThis, 'TextEncoder', { value: TextEncoder })
