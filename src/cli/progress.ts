import type { ReadProgress } from '../evidence/read-progress.ts'
import type { Io } from './io.ts'

/** Says on the terminal how a long run stands. */
export interface Progress {
  readonly onProgress: (at: ReadProgress) => void
  /** What is done now that may take long, '' for nothing; said only in a run that takes long already. */
  say(text: string): void
}

/**
 * Progress of a read that starts now: percent, rows a second and the time left, on one line of stderr. Undefined where
 * nobody looks: no terminal, a dumb one, CI, --quiet. `clock` gives ms from any start.
 */
export function makeProgress(
  io: Pick<Io, 'status' | 'env'>,
  { quiet }: { readonly quiet?: boolean },
  clock: () => number = () => performance.now(),
): Progress | undefined {
  const { status, env } = io
  if (status === undefined || quiet === true || env.TERM === 'dumb' || isSet(env.CI)) return undefined
  const start = clock()
  let last = start + FIRST - BETWEEN
  return {
    onProgress(at) {
      const now = clock()
      if (now - last < BETWEEN) return
      last = now
      status(progressText(at, now - start))
    },
    say(text) {
      if (text === '' || clock() - start >= FIRST) status(text)
    },
  }
}

/** Shorter runs say nothing; ms. */
const FIRST = 300
/** The line is rewritten no more often; ms. */
const BETWEEN = 100

/** `reading 42 %, 310,000 rows/s, 1m 8s left` after so many ms of reading. */
export function progressText({ bytes, of, rows }: ReadProgress, ms: number): string {
  const rate = rows === 0 || ms <= 0 ? [] : [`${grouped(rounded((rows * 1000) / ms))} rows/s`]
  if (of === undefined)
    return ['reading', [rows === 0 ? '' : `${grouped(rows)} rows`, ...rate].join(', ')].join(' ').trim()
  // A file that grows while it is read has no end that is known.
  const left = bytes === 0 || bytes >= of ? [] : [`${timeText(((of - bytes) / bytes) * ms)} left`]
  return [`reading ${Math.min(100, Math.floor((100 * bytes) / Math.max(of, 1)))} %`, ...rate, ...left].join(', ')
}

/** In whole seconds, the last one begun: `8s`, `1m 8s`, `1h 0m`. */
function timeText(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  if (seconds < 60) return `${seconds}s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60 ? `${minutes}m ${seconds % 60}s` : `${Math.floor(minutes / 60)}h ${minutes % 60}m`
}

/** To three digits: more of them would only flicker. */
function rounded(rate: number): number {
  return rate < 1000 ? Math.round(rate) : Number(rate.toPrecision(3))
}

function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** Whether a variable says yes: `CI=false` doesn't. */
function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && !/^(0|false|no|off)$/i.test(value)
}
