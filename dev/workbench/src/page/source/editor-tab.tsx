import { Editor } from './editor'
import { FileDrop } from './file-drop'

/** Sends typed events, and events from a file. */
export function EditorTab() {
  return (
    <div class="editor-tab">
      <Editor />
      <FileDrop />
    </div>
  )
}
