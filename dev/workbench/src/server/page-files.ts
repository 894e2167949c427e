import { readFileSync } from 'node:fs'
import path from 'node:path'

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8'
} as const

const isKnown = (extension: string): extension is keyof typeof TYPES => Object.hasOwn(TYPES, extension)

/** A built file with its media type. Read on every request, so that a new build is served without a restart. */
export function readPageFile(folder: string, name: string): Response {
  const extension = path.extname(name)
  if (!isKnown(extension)) throw new Error(`${name} is no page file`)
  return new Response(readFileSync(path.join(folder, name), 'utf8'), {
    headers: { 'Content-Type': TYPES[extension], 'Cache-Control': 'no-cache' }
  })
}
