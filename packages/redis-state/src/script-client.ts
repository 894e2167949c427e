/** Runs Lua scripts on a Redis, by any client. */
export interface ScriptClient {
  /** Resolves to the script's reply: texts, numbers and lists of them. Rejects at once while there is no connection. */
  run(script: string, keys: readonly string[], args: readonly string[]): Promise<unknown>
}

/** The first word of the error for a script that Redis does not have by its hash. */
export const isUnknownScript = (error: unknown): boolean => error instanceof Error && /^NOSCRIPT\b/.test(error.message)
