import { buildBootSettings } from '../boot-settings'

const plain = { app_id: 'abc123', api_base: 'https://api-iam.intercom.io', installation_type: 's' }

it('has only the required settings by default', () => {
  expect(buildBootSettings({ appId: 'abc123' })).toEqual(plain)
})

it('maps every setting to Intercom’s name', () => {
  expect(
    buildBootSettings({
      appId: 'abc123',
      activator: '#help',
      apiBase: 'https://api-iam.eu.intercom.io',
      hideLauncherAtStart: true,
      alignment: 'left',
      horizontalPadding: 20,
      verticalPadding: 30,
      zIndex: 5,
      sessionDuration: 60000,
      language: 'de',
      actionColor: '#123456',
      backgroundColor: '#654321',
      linkColor: '#abcdef',
      themeMode: 'dark',
      hideNotifications: true
    })
  ).toEqual({
    app_id: 'abc123',
    api_base: 'https://api-iam.eu.intercom.io',
    installation_type: 's',
    custom_launcher_selector: '#help',
    hide_default_launcher: true,
    alignment: 'left',
    horizontal_padding: 20,
    vertical_padding: 30,
    z_index: 5,
    session_duration: 60000,
    language_override: 'de',
    action_color: '#123456',
    background_color: '#654321',
    link_color: '#abcdef',
    theme_mode: 'dark',
    hide_notifications: true
  })
})

it.each([
  ['the default activator', { activator: '#IntercomDefaultWidget' }],
  ['empty settings of a form', { activator: '', alignment: '', language: '', actionColor: '', apiBase: '' }],
  ['notifications that are not hidden', { hideNotifications: false, linkColor: '', themeMode: '' }],
  ['a launcher that is not hidden: the workspace may hide it', { hideLauncherAtStart: false }]
])('leaves out %s', (_title, settings) => {
  expect(buildBootSettings({ appId: 'abc123', ...settings })).toEqual(plain)
})
