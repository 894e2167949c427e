import { useState } from 'preact/hooks'
import type { FaultSwitch, Problem, State } from '../../contract'
import { put, Refused } from '../api'
import { state } from '../live'
import { ProblemList } from '../shown/problem-list'

/** Switches for trouble, each with what a customer would see. */
export function FaultsPanel() {
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const turn = async ({ name, on }: FaultSwitch) => {
    try {
      state.value = await put<State>(`faults/${name}`, { on: !on })
      setProblems([])
    } catch (thrown) {
      setProblems(thrown instanceof Refused ? thrown.problems : [{ path: '', message: String(thrown) }])
    }
  }
  return (
    <section aria-label="What may go wrong">
      <p>Switch on a trouble, then use the shop or send events again, and watch them in the trace.</p>
      <ProblemList problems={problems} />
      <ul class="faults">
        {state.value?.faults.map((fault) => (
          <li key={fault.name} class="card">
            <label class="switch">
              <input
                type="checkbox"
                role="switch"
                checked={fault.on}
                aria-describedby={`fault-${fault.name}`}
                onChange={(event) => {
                  // The server decides: the box shows what is, not what was clicked.
                  event.currentTarget.checked = fault.on
                  void turn(fault)
                }}
              />
              {fault.title}
            </label>
            <p id={`fault-${fault.name}`} class="quiet">
              {fault.sentence}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
