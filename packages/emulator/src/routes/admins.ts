import { param, type Answer, type Call } from '../http/call'
import { Refusal } from '../http/errors'
import { formatAdmin } from '../model/format'
import type { Workspace } from '../model/workspace'
import { ok, route } from './route'

const listAdmins = (_call: Call, { store }: Workspace): Answer =>
  ok({ type: 'admin.list', admins: [...store.admins.values()].map(formatAdmin) })

const getAdmin = (call: Call, { store }: Workspace): Answer => {
  const admin = store.admins.get(param(call, 'id'))
  if (!admin) throw new Refusal(404, 'admin_not_found', 'Admin not found')
  return ok({ ...formatAdmin(admin), away_status_reason_id: null })
}

export const adminRoutes = [route('GET /admins', listAdmins), route('GET /admins/{id}', getAdmin)]
