/**
 * Intercom's limits, each with its source.
 * S2.16 = Intercom's OpenAPI 2.16; DEV:page = developers.intercom.com; HELP n = intercom.com/help article n;
 * FIX = recorded traffic; AIRB, AMP, PHW, HULL, NANGO = recordings or code of other integrations; UNV = Intercom's list of
 * unversioned changes; 3p = a third party; GUESS = not known.
 */

/** HELP 175. */
export const EVENT_METADATA_TEXT_LENGTH = 255

/** HELP 175: characters that a metadata key must not contain. */
export const FORBIDDEN_IN_METADATA_KEYS = /[.$`~!@#%^&*'{}|\\"\0]/

/** HELP 5245634; the text of the refusal is the Messenger's (neo4j-contrib/training-v3#56). */
export const EVENT_NAMES_PER_WORKSPACE = 120

/** S2.16, GET /events: older events are counted, not listed. */
export const EVENTS_LISTED_SECONDS = 90 * 24 * 60 * 60

/** GUESS: S2.16 gives no page size for events; older documentation says 50. */
export const EVENTS_PER_PAGE = 50

/** S2.16, GET /companies/scroll: "If the scroll isn't used for 1 minute, it expires". */
export const SCROLL_SECONDS = 60

/** GUESS: the page size of a scroll; older documentation says 100. */
export const SCROLL_PAGE = 100

/** 3p page quoting HELP, and Segment's docs. */
export const CUSTOM_ATTRIBUTE_TEXT_LENGTH = 255

/** HELP 179. */
export const CUSTOM_ATTRIBUTES_PER_WORKSPACE = 250

/** S2.16, POST /contacts/{id}/companies: 400 contact_company_limit_exceeded. */
export const COMPANIES_PER_CONTACT = 1000

/** UNV: since February 2026 (the day is not given). Before, one company too many was answered 200 and dropped. */
export const COMPANIES_PER_CONTACT_REFUSED_FROM = Date.UTC(2026, 1, 1) / 1000

/** S2.16, create_or_update_company_request.monthly_spend. */
export const MONTHLY_SPEND_MAX = 2 ** 31 - 1

/** S2.16, POST /contacts/search: "max 2 nested filters". */
export const SEARCH_NESTING = 2

/** S2.16, POST /contacts/search: "max 15 filters for each AND or OR group". */
export const SEARCH_GROUP_WIDTH = 15

/** S2.16, POST /contacts/search. */
export const SEARCH_PER_PAGE = 50

/** OpenAPI docs PR #639 (the 2.16 text says 50, its own example answers 10). */
export const CONTACT_LIST_PER_PAGE = 10

/** S2.16, pagination: 150 is the largest page; recorded lists request 150 (FIX). */
export const PER_PAGE_MAX = 150

/** PHW and HULL: 60 is the largest page of companies. */
export const COMPANY_LIST_PER_PAGE_MAX = 60

/** S2.16, GET /companies. */
export const COMPANY_LIST_PER_PAGE = 15

/** S2.16, GET /contacts/{id}/companies example. */
export const ATTACHED_COMPANIES_PER_PAGE = 50

/** S2.16, contact_companies / contact_tags: "Up to 10 will be displayed here". */
export const EMBEDDED_LIST_LENGTH = 10

/** 3p: the external_id of a deleted contact stays reserved for about a week. */
export const DELETED_LOCK_SECONDS = 7 * 24 * 60 * 60

/** S2.16, POST /data_attributes: an options attribute needs at least two. */
export const OPTIONS_MIN = 2

/**
 * DEV:rate-limiting: 10,000 calls a minute for an app, counted in windows of ten seconds. Rounded as in the recordings
 * (FIX), where a workspace with 1,000 calls a minute has 167.
 */
export const RATE_LIMIT_PER_WINDOW = Math.round(10_000 / 6)
export const RATE_LIMIT_WINDOW_SECONDS = 10

/** FIX: all 238 recorded resets are at a second that ends in 2, so windows do not start at whole tens. */
export const RATE_LIMIT_WINDOW_PHASE_SECONDS = 2

/**
 * FIX: until 25 January 2021 (the last such recording, to the second) unarchiving a deleted contact was a 500
 * server_error; later recordings of the same version have a 400. Intercom changed it without a version, so time decides.
 */
export const UNARCHIVE_FAILS_UNTIL = 1_611_537_993

/** S2.16, GET /contacts/{id}/merge_history. */
export const MERGE_HISTORY_PER_PAGE = 50

/** S2.16, GET /contacts/{id}/notes example. */
export const NOTES_PER_PAGE = 50
