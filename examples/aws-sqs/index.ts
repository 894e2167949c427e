import { createSender } from '@intercom-destinations/delivery'
import { createHandler } from './handler.js'

const { INTERCOM_TOKEN = '', INTERCOM_REST_HOST } = process.env

/** One sender for all calls of this Lambda, so that what it has looked up is kept. */
export const handler = createHandler(createSender({ token: INTERCOM_TOKEN, restHost: INTERCOM_REST_HOST }))
