import type { Choice, ConnectionState } from '../../contract'

interface ConnectionSummaryProps {
  readonly connection: ConnectionState
  readonly regions: readonly Choice[]
  readonly isBusy: boolean
  readonly onDisconnect: () => void
}

/** The current connection, and why the latest attempt failed. */
export function ConnectionSummary({ connection, regions, isBusy, onDisconnect }: ConnectionSummaryProps) {
  return (
    <div aria-live="polite">
      {connection.kind === 'none' ? (
        <p>
          <span class="badge warn">Not connected</span> While no workspace is connected, the cloud destination is off.
        </p>
      ) : (
        <div class="connected">
          <dl class="facts">
            <div>
              <dt>Workspace</dt>
              <dd>
                {connection.workspace}{' '}
                <span class={connection.kind === 'emulator' ? 'badge good' : 'badge warn'}>
                  {connection.kind === 'emulator' ? 'emulated' : 'real'}
                </span>
              </dd>
            </div>
            <div>
              <dt>Region</dt>
              <dd>{regions.find(({ value }) => value === connection.region)?.label ?? connection.region}</dd>
            </div>
            {connection.id !== undefined && (
              <div>
                <dt>Id</dt>
                <dd>
                  <code>{connection.id}</code>
                </dd>
              </div>
            )}
          </dl>
          <button type="button" class="push" disabled={isBusy} onClick={onDisconnect}>
            Disconnect
          </button>
        </div>
      )}
      {connection.wentWrong !== undefined && (
        <p class="note bad">
          <strong>The last attempt came to nothing.</strong> {connection.wentWrong}
        </p>
      )}
    </div>
  )
}
