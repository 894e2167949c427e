import { useState } from 'preact/hooks'
import type { ConnectRequest, FieldCard } from '../../contract'
import { describing, LabelledField } from '../form/labelled-field'
import { SecretInput } from '../form/secret-input'
import { TextInput } from '../form/text-input'
import { CopyButton } from '../shown/copy-button'
import { RegionSelect } from './region-select'

interface ConnectFormProps {
  readonly region: FieldCard | undefined
  readonly isBusy: boolean
  readonly onConnect: (request: ConnectRequest) => Promise<void>
}

const NEEDED = 'This is needed.'

/** Connects over Intercom's own consent page, with the customer's app. */
export function AppForm({ region: regionField, isBusy, onConnect }: ConnectFormProps) {
  const [clientId, setClientId] = useState('')
  const [clientSecret, setClientSecret] = useState('')
  const [region, setRegion] = useState('us')
  const [hasTried, setTried] = useState(false)
  const missing = (text: string) => (hasTried && text.trim() === '' ? NEEDED : undefined)
  const redirect = `${location.origin}/connect/callback`
  const submit = async () => {
    setTried(true)
    if (clientId.trim() === '' || clientSecret.trim() === '') return
    const secret = clientSecret.trim()
    setClientSecret('')
    setTried(false)
    await onConnect({ to: 'app', clientId: clientId.trim(), clientSecret: secret, region })
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <h3>With an app, over Intercom’s consent page</h3>
      <div class="redirect">
        <p class="help">Register this redirect address on the app first. Intercom may demand an https address there.</p>
        <p>
          <code>{redirect}</code> <CopyButton label="Copy" text={() => redirect} />
        </p>
      </div>
      <LabelledField id="app-client-id" label="Client id" required problem={missing(clientId)}>
        <TextInput {...describing('app-client-id', missing(clientId))} value={clientId} onText={setClientId} code />
      </LabelledField>
      <LabelledField id="app-client-secret" label="Client secret" required problem={missing(clientSecret)}>
        <SecretInput
          {...describing('app-client-secret', missing(clientSecret))}
          value={clientSecret}
          onText={setClientSecret}
        />
      </LabelledField>
      <RegionSelect id="app-region" field={regionField} region={region} onRegion={setRegion} />
      <button type="submit" disabled={isBusy}>
        Go to Intercom’s consent page
      </button>
    </form>
  )
}
