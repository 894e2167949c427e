import type { DataType, Model } from './entities'

/** The attributes of every workspace. FIX: GET /data_attributes?model=contact; S2.16: the same for companies. */

type Row = readonly [fullName: string, label: string, data_type: DataType, api_writable: boolean, description: string]

const CONTACT: readonly Row[] = [
  ['role', 'Contact role', 'string', true, "A person's role in their company, such as the name of their department"],
  ['name', 'Name', 'string', true, "A person's full name"],
  ['owner_id', 'Owner', 'integer', true, 'The teammate that owns a lead or user in Intercom'],
  ['email', 'Email', 'string', true, 'The email address assigned to a user or lead'],
  ['phone', 'Phone', 'string', true, "A person's phone number"],
  ['external_id', 'User ID', 'string', true, 'A number identifying a person (applies to both users and leads)'],
  ['created_at', 'First Seen', 'date', false, 'The first day a person visited your site or app'],
  ['signed_up_at', 'Signed up', 'date', true, 'The day a person first signed up for your product'],
  ['last_seen_at', 'Last seen', 'date', true, 'The last day a person visited your site or app'],
  ['last_contacted_at', 'Last contacted', 'date', false, 'The last day you or a teammate contacted a person'],
  ['last_replied_at', 'Last heard from', 'date', false, 'The last day a person contacted you via a message or email'],
  ['last_email_opened_at', 'Last opened email', 'date', false, 'The last day a person opened an email'],
  [
    'last_email_clicked_at',
    'Last clicked on link in email',
    'date',
    false,
    'The last day a person clicked on a link in an email'
  ],
  ['location.country', 'Country', 'string', false, 'The country a person is in (or their IP address location)'],
  ['location.region', 'Region', 'string', false, 'A subdivision of a country, such as a state, province or territory'],
  ['location.city', 'City', 'string', false, 'The city a person is in (or their IP address location)'],
  ['browser_language', 'Browser Language', 'string', false, 'The language set by the browser a person is using'],
  [
    'language_override',
    'Language Override',
    'string',
    false,
    'A preferred language setting for a person, used by the Intercom Messenger even if their browser settings change'
  ],
  ['browser', 'Browser', 'string', false, 'The browser a person is using'],
  ['browser_version', 'Browser Version', 'string', false, 'The precise version of the browser a person is using'],
  ['os', 'OS', 'string', false, 'The operating system a person is using'],
  [
    'unsubscribed_from_emails',
    'Unsubscribed from Emails',
    'boolean',
    true,
    'Has a person unsubscribed from emails from your team?'
  ],
  [
    'marked_email_as_spam',
    'Marked email as spam',
    'boolean',
    false,
    'Has a person marked an email from your team as spam?'
  ],
  ['has_hard_bounced', 'Has hard bounced', 'boolean', false, 'Has an email sent from your team to a person bounced?'],
  ['id', 'ID', 'string', false, 'The Intercom defined id representing the user'],
  ['avatar', 'Avatar image url', 'string', true, 'An avatar image URL'],
  ['updated_at', 'Updated at', 'date', false, 'The last time the user was updated'],
  ['workspace_id', 'Workspace ID', 'string', false, 'The Intercom defined id representing the workspace'],
  ['android_app_name', 'Android App name', 'string', false, 'The name of Android app a person is using'],
  ['android_sdk_version', 'Android SDK version', 'string', false, 'The version of the Android SDK a person is using'],
  ['ios_app_name', 'iOS App name', 'string', false, 'The name of iOS app a person is using'],
  ['ios_sdk_version', 'iOS SDK version', 'string', false, 'The version of the iOS SDK a person is using']
]

const COMPANY: readonly Row[] = [
  ['name', 'Company name', 'string', true, 'The name of a company'],
  ['company_id', 'Company ID', 'string', false, 'A number identifying a company'],
  [
    'last_request_at',
    'Company last seen',
    'date',
    false,
    'The last day anyone from a company visited your site or app'
  ],
  ['remote_created_at', 'Company created at', 'date', true, 'The day a company was added to Intercom'],
  ['user_count', 'People', 'integer', false, 'The number of people in a company'],
  [
    'session_count',
    'Company web sessions',
    'integer',
    false,
    "All visits from anyone in a company to your product's site or app"
  ],
  [
    'plan.name',
    'Plan',
    'string',
    false,
    'A specific plan or level within your product that companies have signed up to'
  ],
  ['monthly_spend', 'Monthly Spend', 'float', true, 'The monthly revenue you receive from a company'],
  [
    'size',
    'Company size',
    'integer',
    true,
    'The number of people employed in this company, expressed as a single number'
  ],
  [
    'industry',
    'Company industry',
    'string',
    true,
    "The category or domain this company belongs to e.g. 'ecommerce' or 'SaaS'"
  ],
  ['website', 'Company website', 'string', true, "The web address for the company's primary marketing site"],
  ['id', 'ID', 'string', false, 'The Intercom defined id representing the company'],
  ['created_at', 'Created at', 'date', false, 'The time the company was added to Intercom'],
  ['updated_at', 'Updated at', 'date', false, 'The last time the company was updated'],
  ['plan.id', 'Plan ID', 'string', false, 'The Intercom defined id representing the plan'],
  ['app_id', 'App ID', 'string', false, 'The Intercom defined id representing the app']
]

const ROWS = { contact: CONTACT, company: COMPANY }

/** The standard attributes of a model as in GET /data_attributes. */
export const standardAttributes = (model: Model) =>
  ROWS[model].map(([full_name, label, data_type, api_writable, description]) => ({
    type: 'data_attribute' as const,
    name: full_name.slice(full_name.lastIndexOf('.') + 1),
    full_name,
    label,
    description,
    data_type,
    api_writable,
    ui_writable: false,
    messenger_writable: true,
    custom: false,
    archived: false,
    model
  }))

export const isStandardAttribute = (model: Model, name: string): boolean =>
  ROWS[model].some(([fullName]) => fullName === name.toLowerCase())
