/**
 * A small MD5 (RFC 1321) for the browser bundles. It derives ids for companies without one, and is not used for
 * cryptography. The implementation of @noble/hashes is 1 KB larger, gzipped; a test compares the results.
 */
const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
const START = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476] as const

export function md5(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text)
  const blocks = Math.ceil((bytes.length + 9) / 64)
  const message = new Uint8Array(blocks * 64)
  message.set(bytes)
  message[bytes.length] = 0x80
  const words = new DataView(message.buffer)
  words.setUint32(message.length - 8, bytes.length * 8, true)
  words.setUint32(message.length - 4, Math.floor(bytes.length / 2 ** 29), true)

  let state: readonly [number, number, number, number] = START
  for (let block = 0; block < message.length; block += 64) {
    let [a, b, c, d] = state
    for (let step = 0; step < 64; step += 1) {
      const round = step >> 4
      const mixed = [(b & c) | (~b & d), (d & b) | (~d & c), b ^ c ^ d, c ^ (b | ~d)][round] ?? 0
      const word = ([step, 5 * step + 1, 3 * step + 5, 7 * step][round] ?? 0) % 16
      const sine = Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32)
      const sum = (a + mixed + sine + words.getUint32(block + 4 * word, true)) | 0
      const shift = SHIFTS[4 * round + (step % 4)] ?? 0
      ;[a, b, c, d] = [d, (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0, b, c]
    }
    state = [state[0] + a, state[1] + b, state[2] + c, state[3] + d]
  }
  const digest = new DataView(new ArrayBuffer(16))
  state.forEach((word, index) => digest.setUint32(4 * index, word, true))
  return new Uint8Array(digest.buffer)
}

export function bytesToHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
