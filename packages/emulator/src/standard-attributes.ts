import type { DataType, Model } from './entities'

/** Attributes every workspace has. FIX, GET /data_attributes?model=contact; S2.16, the same for companies. */

type Row = readonly [fullName: string, label: string, data_type: DataType, api_writable: boolean]

const CONTACT: readonly Row[] = [
  ['role', 'Contact role', 'string', true],
  ['name', 'Name', 'string', true],
  ['owner_id', 'Owner', 'integer', true],
  ['email', 'Email', 'string', true],
  ['phone', 'Phone', 'string', true],
  ['external_id', 'User ID', 'string', true],
  ['created_at', 'First Seen', 'date', false],
  ['signed_up_at', 'Signed up', 'date', true],
  ['last_seen_at', 'Last seen', 'date', true],
  ['last_contacted_at', 'Last contacted', 'date', false],
  ['last_replied_at', 'Last heard from', 'date', false],
  ['last_email_opened_at', 'Last opened email', 'date', false],
  ['last_email_clicked_at', 'Last clicked on link in email', 'date', false],
  ['location.country', 'Country', 'string', false],
  ['location.region', 'Region', 'string', false],
  ['location.city', 'City', 'string', false],
  ['browser_language', 'Browser Language', 'string', false],
  ['language_override', 'Language Override', 'string', false],
  ['browser', 'Browser', 'string', false],
  ['browser_version', 'Browser Version', 'string', false],
  ['os', 'OS', 'string', false],
  ['unsubscribed_from_emails', 'Unsubscribed from Emails', 'boolean', true],
  ['marked_email_as_spam', 'Marked email as spam', 'boolean', false],
  ['has_hard_bounced', 'Has hard bounced', 'boolean', false],
  ['id', 'ID', 'string', false],
  ['avatar', 'Avatar image url', 'string', true],
  ['updated_at', 'Updated at', 'date', false],
  ['workspace_id', 'Workspace ID', 'string', false],
  ['android_app_name', 'Android App name', 'string', false],
  ['android_sdk_version', 'Android SDK version', 'string', false],
  ['ios_app_name', 'iOS App name', 'string', false],
  ['ios_sdk_version', 'iOS SDK version', 'string', false]
]

const COMPANY: readonly Row[] = [
  ['name', 'Company name', 'string', true],
  ['company_id', 'Company ID', 'string', false],
  ['last_request_at', 'Company last seen', 'date', false],
  ['remote_created_at', 'Company created at', 'date', true],
  ['user_count', 'People', 'integer', false],
  ['session_count', 'Company web sessions', 'integer', false],
  ['plan.name', 'Plan', 'string', false],
  ['monthly_spend', 'Monthly Spend', 'float', true],
  ['size', 'Company size', 'integer', true],
  ['industry', 'Company industry', 'string', true],
  ['website', 'Company website', 'string', true],
  ['id', 'ID', 'string', false],
  ['created_at', 'Created at', 'date', false],
  ['updated_at', 'Updated at', 'date', false],
  ['plan.id', 'Plan ID', 'string', false],
  ['app_id', 'App ID', 'string', false]
]

const ROWS = { contact: CONTACT, company: COMPANY }

/** The standard attributes of a model, as GET /data_attributes answers them. */
export const standardAttributes = (model: Model) =>
  ROWS[model].map(([full_name, label, data_type, api_writable]) => ({
    type: 'data_attribute' as const,
    name: full_name.slice(full_name.lastIndexOf('.') + 1),
    full_name,
    label,
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
