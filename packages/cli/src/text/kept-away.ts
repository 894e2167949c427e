/** Why an event is not sent at all. */
export const KEPT_AWAY = "kept away by the event's own integrations"
