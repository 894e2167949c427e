const KIB = 1024

/**
 * The limits of Segment's HTTP tracking API (segment.com/docs/connections/sources/catalog/libraries/server/http-api,
 * "Max request size"): 32 KB for a call, 500 KB for a batch, and 32 KB for each event of a batch.
 */
export const MAX_CALL_BYTES = 32 * KIB
export const MAX_BATCH_BYTES = 500 * KIB
