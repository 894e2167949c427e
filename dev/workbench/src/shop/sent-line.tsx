import { sent } from './sender'

/** Shows what the latest click has sent. */
export const SentLine = () => (
  <p class="sent" role="status" aria-live="polite">
    <span class="sent-dot" aria-hidden="true" />
    <span>{sent.value.length > 0 ? `Sent: ${sent.value.join(', ')}` : ' '}</span>
  </p>
)
