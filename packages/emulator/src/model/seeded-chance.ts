/** The generator mulberry32 (Tommy Ettinger, public domain) and its three constants. */
const STEP = 0x6d2b79f5
const FIRST_MIX = 1
const SECOND_MIX = 61
const TWO_TO_32 = 2 ** 32

/** Returns numbers from 0 inclusive to 1 exclusive. The same seed repeats the same numbers. */
export const seededChance = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + STEP) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | FIRST_MIX)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | SECOND_MIX)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / TWO_TO_32
  }
}
