import { useState } from 'preact/hooks'
import type { ConnectRequest, FieldCard } from '../../contract'
import { describing, LabelledField } from '../form/labelled-field'
import { SecretInput } from '../form/secret-input'
import { RegionSelect } from './region-select'

interface TokenFormProps {
  readonly region: FieldCard | undefined
  readonly isBusy: boolean
  readonly onConnect: (request: ConnectRequest) => Promise<void>
}

/** Connects with the access token of an app in its own workspace. */
export function TokenForm({ region: regionField, isBusy, onConnect }: TokenFormProps) {
  const [token, setToken] = useState('')
  const [region, setRegion] = useState('us')
  const [hasTried, setTried] = useState(false)
  const problem = hasTried && token.trim() === '' ? 'This is needed.' : undefined
  const submit = async () => {
    setTried(true)
    if (token.trim() === '') return
    const once = token.trim()
    setToken('')
    setTried(false)
    await onConnect({ to: 'token', token: once, region })
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <h3>With an access token</h3>
      <LabelledField
        id="token"
        label="Access token"
        required
        problem={problem}
        help="Intercom’s Developer Hub shows it under “Authentication” of an app for your own workspace."
      >
        <SecretInput {...describing('token', problem, 'help')} value={token} onText={setToken} />
      </LabelledField>
      <RegionSelect id="token-region" field={regionField} region={region} onRegion={setRegion} />
      <button type="submit" disabled={isBusy}>
        Connect with the token
      </button>
    </form>
  )
}
