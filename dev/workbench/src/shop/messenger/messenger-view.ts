import type { MessengerStandIn } from '@intercom-destinations/emulator'

/** The Messenger's data as texts. */
export interface MessengerView {
  readonly isBooted: boolean
  readonly isOpen: boolean
  readonly person: readonly (readonly [label: string, value: string])[]
  readonly attributes: readonly (readonly [name: string, value: string])[]
  readonly problems: readonly string[]
  readonly launcher: Launcher
}

interface Launcher {
  readonly isHidden: boolean
  readonly side: 'left' | 'right'
  readonly horizontal: number
  readonly vertical: number
  readonly zIndex?: number
  readonly color?: string
  /** The selector of the page's own element that opens the Messenger. */
  readonly selector?: string
}

/** Intercom's default distance from the edges, and its minimum. */
const LEAST_PADDING = 20

const PERSON = { user_id: 'User ID', email: 'E-mail', name: 'Name' } as const
const COMPANY = ['company', 'companies']

/** Settings of `boot` and proofs, which are no attributes of a person. */
const ABOUT_THE_PAGE = [
  ...['app_id', 'api_base', 'installation_type', 'custom_launcher_selector', 'hide_default_launcher', 'alignment'],
  ...['horizontal_padding', 'vertical_padding', 'z_index', 'session_duration', 'action_color', 'background_color'],
  ...['user_hash', 'intercom_user_jwt', 'widget', 'last_request_at']
]

/** Whether the value is the stand-in, and not something else under its name. */
export const isStandIn = (value: unknown): value is MessengerStandIn =>
  typeof value === 'object' && value !== null && 'state' in value && 'calls' in value && 'problems' in value

export function toMessengerView({ state, problems }: Pick<MessengerStandIn, 'state' | 'problems'>): MessengerView {
  const { settings } = state
  const names = COMPANY.flatMap((key) => toCompanyNames(settings[key]))
  const companies = [...new Set(names)].join(', ')
  return {
    isBooted: state.booted,
    isOpen: state.open,
    person: [
      ...Object.entries(PERSON).flatMap(([key, label]) =>
        settings[key] === undefined ? [] : [[label, toText(settings[key])] as const]
      ),
      ...(companies ? [['Company', companies] as const] : [])
    ],
    attributes: Object.entries(settings)
      .filter(([key]) => !Object.hasOwn(PERSON, key) && ![...COMPANY, ...ABOUT_THE_PAGE].includes(key))
      .map(([key, value]) => [key, toText(value)] as const),
    problems,
    launcher: toLauncher(settings)
  }
}

function toLauncher(settings: Readonly<Record<string, unknown>>): Launcher {
  const { z_index: zIndex, action_color: color, custom_launcher_selector: selector } = settings
  return {
    isHidden: settings.hide_default_launcher === true,
    side: settings.alignment === 'left' ? 'left' : 'right',
    horizontal: toPadding(settings.horizontal_padding),
    vertical: toPadding(settings.vertical_padding),
    ...(typeof zIndex === 'number' ? { zIndex } : {}),
    ...(typeof color === 'string' ? { color } : {}),
    ...(typeof selector === 'string' ? { selector } : {})
  }
}

const toPadding = (value: unknown): number =>
  typeof value === 'number' && value >= LEAST_PADDING ? value : LEAST_PADDING

function toCompanyNames(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(toCompanyNames)
  if (typeof value !== 'object' || value === null) return []
  const name: unknown = Reflect.get(value, 'name') ?? Reflect.get(value, 'company_id') ?? Reflect.get(value, 'id')
  return name === undefined ? [] : [toText(name)]
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value) || '')
