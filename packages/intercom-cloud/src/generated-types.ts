// Generated file. DO NOT MODIFY IT BY HAND.

export interface Settings {
  /**
   * Where the workspace is hosted. Automatic lets Intercom route each request; a region keeps the data in it on the way, too.
   */
  region?: string
}
