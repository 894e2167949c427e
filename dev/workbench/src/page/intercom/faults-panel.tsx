import { useState } from 'preact/hooks'
import type { FaultName, Problem, State } from '../../contract'
import { put } from '../api'
import { Switch } from '../form/switch'
import { changeState, state } from '../live'
import { ProblemList } from '../shown/problem-list'
import { problemsOf } from '../shown/problems-of'

/** The switches for simulated faults, each with its effect for a customer. */
export function FaultsPanel() {
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const turn = async (name: FaultName, on: boolean) => {
    try {
      await changeState(() => put<State>(`faults/${name}`, { on }))
      setProblems([])
    } catch (thrown) {
      setProblems(problemsOf(thrown))
    }
  }
  return (
    <section aria-label="What may go wrong">
      <p>Switch on a trouble, then use the shop or send events again, and watch them in the trace.</p>
      <ProblemList problems={problems} />
      <ul class="faults">
        {state.value?.faults.map((fault) => (
          <li key={fault.name} class="card">
            <Switch
              label={fault.title}
              on={fault.on}
              describedBy={`fault-${fault.name}`}
              onSwitch={(on) => void turn(fault.name, on)}
            />
            <p id={`fault-${fault.name}`} class="quiet">
              {fault.sentence}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
