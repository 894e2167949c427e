import { createWorkspaceAttribute, type CreatedAttribute } from '@intercom-destinations/intercom-cloud'
import type { AttributeRow } from '../report/report'
import type { openRequestClient } from '../target/connected-intercom'
import { ConnectionError } from '../target/connection-error'
import { messageOf } from '../text/message-of'

export interface CreatedRow extends AttributeRow {
  readonly result: CreatedAttribute['result']
  readonly reason?: string
}

/** Creates attributes one after the other, until the signal aborts. A refused one does not stop the others. */
export async function createAttributes(
  missing: readonly AttributeRow[],
  { request, settings, options }: Pick<ReturnType<typeof openRequestClient>, 'request' | 'settings' | 'options'>,
  signal: AbortSignal
): Promise<CreatedRow[]> {
  const rows: CreatedRow[] = []
  for (const row of missing) {
    if (signal.aborted) break
    const { name, model, type } = row
    const created = await createWorkspaceAttribute(request, { name, model, data_type: type }, settings, options).catch(
      (error: unknown) => {
        throw new ConnectionError(`After ${rows.length} attributes: ${messageOf(error)}`, { cause: error })
      }
    )
    rows.push({ ...row, ...created })
  }
  return rows
}
