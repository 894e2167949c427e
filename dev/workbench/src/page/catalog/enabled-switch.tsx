import { useState } from 'preact/hooks'
import type { Half, Problem, State } from '../../contract'
import { put } from '../api'
import { Switch } from '../form/switch'
import { problemsOf } from '../shown/problems-of'
import { changeState } from '../live'
import { ProblemList } from '../shown/problem-list'

/** Switches a destination on and off. */
export function EnabledSwitch({
  half,
  name,
  on
}: {
  readonly half: Half
  readonly name: string
  readonly on: boolean
}) {
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const change = async (enabled: boolean) => {
    try {
      await changeState(() => put<State>(`destinations/${half}`, { enabled }))
      setProblems([])
    } catch (thrown) {
      setProblems(problemsOf(thrown))
    }
  }
  return (
    <div class="enabled">
      <Switch label={`${name} enabled`} quiet on={on} onSwitch={(next) => void change(next)} />
      <span aria-hidden="true">{on ? 'Enabled' : 'Disabled'}</span>
      <ProblemList problems={problems} />
    </div>
  )
}
