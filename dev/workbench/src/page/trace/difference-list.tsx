import type { Difference } from '../../contract'

interface DifferenceListProps {
  readonly differences: readonly Difference[]
  readonly differs: boolean
}

/** The differences between the halves, side by side. */
export function DifferenceList({ differences, differs }: DifferenceListProps) {
  if (differences.length === 0) return differs ? <p class="note">The halves came to different results.</p> : null
  return (
    <div class="differences">
      <h3 id="differences-title">
        ≠ The halves differ in {differences.length === 1 ? 'one place' : `${differences.length} places`}
      </h3>
      <div class="table-frame" tabIndex={0} role="region" aria-labelledby="differences-title">
        <table>
          <thead>
            <tr>
              <th scope="col">Place</th>
              <th scope="col">Web</th>
              <th scope="col">Cloud</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ path, web, cloud }) => (
              <tr key={path}>
                <th scope="row">
                  <code>{path}</code>
                </th>
                <td>{web}</td>
                <td>{cloud}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
