// Files to measure with, written in large pieces.
import { closeSync, openSync, writeSync } from 'node:fs'

/** Numbers from 0 to below 1, the same in every run: a fixed linear congruential generator. */
export function generator() {
  let seed = 42
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return seed / 2 ** 32
  }
}

export function iso(at) {
  return new Date(at).toISOString()
}

export function createWriter(file, head) {
  const out = openSync(file, 'w')
  let text = head
  return {
    add(line) {
      text += line
      if (text.length < 1 << 20) return
      writeSync(out, text)
      text = ''
    },
    end() {
      writeSync(out, text)
      closeSync(out)
    },
  }
}
