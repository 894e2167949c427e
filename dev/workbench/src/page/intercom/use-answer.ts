import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Problem } from '../../contract'
import { get, Refused } from '../api'
import { Newest } from '../newest'
import { problemsOf } from '../shown/problems-of'

const NOT_FOUND = 404

interface Answered<Answer> {
  /** The latest there is: until another address has answered, that of the one before. */
  readonly answer?: Answer
  /** What the same address answered before. */
  readonly before?: Answer
  readonly path?: string
  /** There is no such thing (any more). */
  readonly isMissing: boolean
  /** Why there is no newer answer. */
  readonly problems: readonly Problem[]
}

/** What an address of the server answers, asked again whenever `version` is another one. */
export function useAnswer<Answer>(path: string, version: unknown): Answered<Answer> {
  const [answered, setAnswered] = useState<Answered<Answer>>({ isMissing: false, problems: [] })
  const asking = useMemo(() => ({ newest: new Newest(), isWanted: true, path }), [path])
  useEffect(() => {
    asking.isWanted = true
    return () => {
      asking.isWanted = false
    }
  }, [asking])
  useEffect(() => {
    const isNewest = asking.newest.ask()
    const isOfUse = (): boolean => asking.isWanted && isNewest()
    get<Answer>(asking.path).then(
      (answer) => {
        if (!isOfUse()) return
        setAnswered((known) => ({
          answer,
          ...(known.path === asking.path && known.answer !== undefined ? { before: known.answer } : {}),
          path: asking.path,
          isMissing: false,
          problems: []
        }))
      },
      (thrown: unknown) => {
        if (!isOfUse()) return
        if (thrown instanceof Refused && thrown.status === NOT_FOUND) setAnswered({ isMissing: true, problems: [] })
        else setAnswered((known) => ({ ...known, problems: problemsOf(thrown) }))
      }
    )
  }, [asking, version])
  return answered
}
