import type { Answer, Call } from '../http/call'
import { Refusal, resourceNotFound } from '../http/errors'
import { parameterMissing } from '../model/assumed-validation'
import { ok, route } from './route'

/** Lists of entities that only Intercom's own pages create. Here they are always empty. */

const listSegments = (): Answer => ok({ type: 'segment.list', segments: [] })

const getSegment = (): Answer => {
  throw resourceNotFound()
}

const listTeams = (): Answer => ok({ type: 'team.list', teams: [] })

const getTeam = (): Answer => {
  throw new Refusal(404, 'team_not_found', 'Team not found')
}

/** The page size in the example of S2.16. */
const LOGS_PER_PAGE = 20

const listActivityLogs = ({ query }: Call): Answer => {
  if (!query.has('created_at_after')) throw parameterMissing('created_at_after not specified')
  const pages = { type: 'pages', next: null, page: 1, per_page: LOGS_PER_PAGE, total_pages: 1 }
  return ok({ type: 'activity_log.list', pages, activity_logs: [] })
}

export const unfilledRoutes = [
  route('GET /segments', listSegments),
  route('GET /segments/{segment_id}', getSegment),
  route('GET /teams', listTeams),
  route('GET /teams/{team_id}', getTeam),
  route('GET /admins/activity_logs', listActivityLogs)
]
