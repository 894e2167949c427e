/** Analytics.js matches plugins and `integrations` by it. */
export { WEB_DESTINATION_NAME as DESTINATION_NAME } from '@intercom-destinations/shared-mapping'
