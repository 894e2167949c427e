import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Problem } from '../../contract'
import { get, Refused } from '../api'
import { Newest } from '../newest'
import { problemsOf } from './problems-of'

const NOT_FOUND = 404

interface Answered<Answer> {
  /** The latest answer. After a change of the URL it is the old one until the new one has arrived. */
  readonly answer?: Answer
  /** The previous answer of the same URL. */
  readonly before?: Answer
  readonly path?: string
  /** The server answered 404. */
  readonly isMissing: boolean
  /** Why the latest request failed. */
  readonly problems: readonly Problem[]
}

/** Reads a URL of the server, again whenever `version` changes. */
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
