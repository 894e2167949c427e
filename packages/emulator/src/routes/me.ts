import type { Answer, Call } from '../http/call'
import type { Workspace } from '../model/workspace'
import { ok, route } from './route'

/** 2024-12-18, as in the example of S2.16. */
const APP_CREATED_AT = 1734537243

/** S2.16 shows "US". GUESS: the spelling of the others. */
const REGION_NAMES = { us: 'US', eu: 'EU', au: 'AU' } as const

const identifyAdmin = (_call: Call, { admin_id, id_code, name, region }: Workspace): Answer =>
  ok({
    type: 'admin',
    id: admin_id,
    email: 'admin@example.com',
    name: 'Emulated Admin',
    email_verified: true,
    app: {
      type: 'app',
      id_code,
      name,
      created_at: APP_CREATED_AT,
      secure: false,
      identity_verification: false,
      timezone: 'UTC',
      region: REGION_NAMES[region]
    },
    avatar: { type: 'avatar', image_url: null },
    has_inbox_seat: true
  })

export const meRoutes = [route('GET /me', identifyAdmin)]
