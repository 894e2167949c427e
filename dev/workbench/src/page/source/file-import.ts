import { signal } from '@preact/signals'
import type { Submitted } from '../../contract'
import { post } from '../api'
import { sendFile, type FileProgress } from './send-file'

/**
 * The file that is being sent, or was sent last. Kept outside the view: sending continues when another view is opened.
 */
export const fileImport = signal<FileProgress | undefined>(undefined)

let underWay: AbortController | undefined

export function stopImport(): void {
  underWay?.abort()
}

export function importFile(file: File): Promise<void> {
  stopImport()
  const controller = new AbortController()
  underWay = controller
  return sendFile(file, {
    stopped: controller.signal,
    send: (submission) => post<Submitted>('events', submission),
    onProgress: (progress) => {
      // Another file may have replaced it.
      if (underWay === controller) fileImport.value = progress
    }
  })
}
