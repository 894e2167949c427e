import { useEffect, useRef, useState } from 'preact/hooks'
import type { ConnectRequest, ConnectionState, FieldCard, Problem, State } from '../../contract'
import { del } from '../api'
import { connect, CONNECT_YOURS } from '../connect'
import { toChoices } from '../form/field-choices'
import { Folded } from '../shown/folded'
import { problemsOf } from '../shown/problems-of'
import { changeState } from '../live'
import { route } from '../route'
import { ProblemList } from '../shown/problem-list'
import { AppForm } from './app-form'
import { ConnectionSummary } from './connection-summary'
import { TokenForm } from './token-form'

interface ConnectionPanelProps {
  readonly connection: ConnectionState
  /** The setting that has the regions as its choices. */
  readonly region: FieldCard | undefined
}

/** The workspace that the cloud destination writes to, and the forms to connect another one. */
export function ConnectionPanel({ connection, region }: ConnectionPanelProps) {
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const [isBusy, setBusy] = useState(false)
  const own = useRef<HTMLDivElement>(null)
  const isOwnWanted = route.value[2] === CONNECT_YOURS
  useEffect(() => {
    if (!isOwnWanted) return
    own.current?.scrollIntoView({ block: 'nearest' })
    own.current?.querySelector('summary')?.focus({ preventScroll: true })
  }, [isOwnWanted])
  const attempt = async (what: () => Promise<void>) => {
    setBusy(true)
    try {
      await what()
      setProblems([])
    } catch (thrown) {
      setProblems(problemsOf(thrown))
    } finally {
      setBusy(false)
    }
  }
  const tryTo = (request: ConnectRequest) => attempt(() => connect(request))
  const disconnect = () =>
    attempt(async () => {
      await changeState(() => del<State>('connection'))
    })
  return (
    <section class="card connection" aria-labelledby="connection-title">
      <h2 id="connection-title">Connection</h2>
      <ConnectionSummary
        connection={connection}
        regions={toChoices(region?.choices)}
        isBusy={isBusy}
        onDisconnect={() => void disconnect()}
      />
      {/* The message of the connection is not repeated. */}
      <ProblemList problems={problems.filter(({ message }) => message !== connection.wentWrong)} />
      <div class="bar">
        <button
          type="button"
          class={connection.kind === 'none' ? 'primary' : undefined}
          disabled={isBusy}
          onClick={() => void tryTo({ to: 'emulator' })}
        >
          {connection.kind === 'emulator' ? 'Connect the emulated Intercom again' : 'Connect the emulated Intercom'}
        </button>
        <span class="quiet">You see the consent page as an admin would, and come back here.</span>
      </div>
      <div ref={own}>
        <Folded class="real" title="Connect a workspace of your own" isWrong={problems.length > 0 || isOwnWanted}>
          <p class="note warn">
            <strong>Events will really be written there.</strong> Every event that the cloud destination takes from then
            on makes contacts, companies and events in that workspace. Use one for development.
          </p>
          <p class="quiet">
            Secrets and tokens stay in the memory of this process. They are written nowhere, and gone when it ends.
          </p>
          <div class="ways">
            <AppForm region={region} isBusy={isBusy} onConnect={tryTo} />
            <TokenForm region={region} isBusy={isBusy} onConnect={tryTo} />
          </div>
        </Folded>
      </div>
    </section>
  )
}
