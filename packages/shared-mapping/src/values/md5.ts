import { toUtf8 } from './utf8'

const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
/** The first and the last word of the start. The other two are their complements. */
const [A, D] = [0x67452301, 0x10325476]

/**
 * The MD5 of a text in hexadecimal digits (RFC 1321). It makes ids of companies without one, and protects nothing. Our
 * own, because it runs everywhere: a page loads 1 KB less than with @noble/hashes, Segment's repository has no such
 * dependency, and React Native has neither `node:crypto` nor, in older versions, `TextEncoder`.
 */
export function toMd5(text: string): string {
  const bytes = toUtf8(text)
  const words = new Int32Array(16 * Math.ceil((bytes.length + 9) / 64))
  for (const [at, byte] of [...bytes, 0x80].entries()) words[at >> 2] = (words[at >> 2] ?? 0) | (byte << (8 * at))
  words.set([bytes.length * 8, bytes.length / 2 ** 29], words.length - 2)

  let state: readonly [number, number, number, number] = [A, ~D, ~A, D]
  for (let block = 0; block < words.length; block += 16) {
    let [a, b, c, d] = state
    for (let step = 0; step < 64; step += 1) {
      const round = step >> 4
      const mixed = [(b & c) | (~b & d), (d & b) | (~d & c), b ^ c ^ d, c ^ (b | ~d)][round] ?? 0
      const word = ([step, 5 * step + 1, 3 * step + 5, 7 * step][round] ?? 0) % 16
      const sine = Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32)
      const sum = (a + mixed + sine + (words[block + word] ?? 0)) | 0
      const shift = SHIFTS[4 * round + (step % 4)] ?? 0
      ;[a, b, c, d] = [d, (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0, b, c]
    }
    state = [state[0] + a, state[1] + b, state[2] + c, state[3] + d]
  }
  const digits = (word: number) => [0, 8, 16, 24].map((bits) => ((word >> bits) & 0xff).toString(16).padStart(2, '0'))
  return state.flatMap(digits).join('')
}
