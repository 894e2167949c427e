import { rmSync } from 'node:fs'
import { FOLDER_VARIABLE } from './support'

export default function removePacked(): void {
  const folder = process.env[FOLDER_VARIABLE]
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
}
