/** The texts of files by their names. */
export type Files = Readonly<Record<string, string>>

/** A Tuesday in the hours of support; on a full slice. */
export const T0 = Date.UTC(2026, 4, 5, 10)

const HOUR = 3_600_000
const DAY = 24 * HOUR

export function iso(at: number): string {
  return new Date(at).toISOString()
}

/** One outage from `T0` on. */
export function outages(ms: number, severity = 'full'): Files {
  return { 'outages.csv': `id,start,end,severity\nO,${iso(T0)},${iso(T0 + ms)},${severity}\n` }
}

/** Some work two days before, of an odd length, announced long ahead. */
export const WORK: Files = {
  'maintenance.csv': `id,start,end,announced_at\nM,${iso(T0 - 2 * DAY)},${iso(T0 - 2 * DAY + 7_200_123)},${iso(T0 - 90 * DAY)}\n`,
}

const uptime = (more: string, target = '99.5%'): string =>
  `up: { kind: availability, target: ${target}, window: calendar month${more === '' ? '' : `, ${more}`} }`

const support = (priority: string, clock = 'always'): string =>
  `t: { kind: support, calendar: support, clock: ${clock}, business-day: end-of-day, on-reopen: continue, priorities: { P1: { ${priority} } } }`

/** Clauses by name. */
export const FLIP_CLAUSES: Readonly<Record<string, string>> = {
  time: uptime(''),
  above: uptime('', '{ above: 99.5% }'),
  'fixed-base': uptime('base: 720h', '99.3333%'),
  during: uptime('during: support', '97.7%'),
  'counts-as-up': uptime('excluding: [planned], excluded-time: counts-as-up'),
  leaves: uptime('excluding: [planned], excluded-time: leaves-denominator'),
  rounded: uptime('rounding: { decimals: 1, mode: half-up }', '99.2%'),
  half: uptime('degraded: 50%'),
  shortest: uptime('shortest-outage: 5min'),
  'minutes-touched': uptime('accounting: { minutes: touched }'),
  'minutes-whole': uptime('accounting: { minutes: whole }'),
  whole: uptime('accounting: { whole: 5min }'),
  slices: uptime('accounting: { slices: 5min, bad-when: { down: { above: 0s } } }'),
  'cut-slices': uptime('during: odd, accounting: { whole: 5min }'),
  users: uptime('accounting: { users: 40 }'),
  requests: uptime('accounting: requests, no-data: up', '99.9%'),
  mean: uptime('accounting: { slices: 5min, mean: errors }, no-data: up', '99.99%'),
}

/** The time in a line, in ms: `7h 4m 33.833s`. */
export function amountOf(line: string): number {
  const units: Readonly<Record<string, number>> = { d: DAY, h: HOUR, m: 60_000, s: 1000 }
  const [text = ''] = /(?:[\d,]+(?:\.\d+)?[dhms] ?)+/.exec(line) ?? []
  const parts = [...text.matchAll(/([\d,.]+)([dhms])/g)]
  return Math.round(
    parts.reduce((sum, [, n = '', unit = '']) => sum + Number(n.replace(',', '')) * (units[unit] ?? 0), 0),
  )
}

/** The last instant in time that a line names, of 2026 in UTC: `by Wed 6 May 18:59:30.654`, `before Fri 5 Jun 24:00`. */
export function byInstant(line: string): number {
  const [, word, day, month = '', hours = 0, minutes = 0, seconds = 0] =
    /\b(by|before) \w{3} (\d+) (\w{3}) (\d+):(\d+)(?::([\d.]+))?/.exec(line) ?? []
  const at = Date.UTC(2026, MONTHS.indexOf(month), Number(day), Number(hours), Number(minutes))
  return at + Math.round(Number(seconds) * 1000) - (word === 'before' ? 1 : 0)
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

interface Act {
  readonly name: string
  readonly clause: string
  /** The records with the act at an instant, and as many more as it takes, each as late as the promise lets it. */
  evidence(at: number): Files
  /** When it was in truth. */
  readonly late: number
  /** Where the clock stands still for a while after the limit: until when. */
  readonly still?: number
}

const ticket = (columns: Readonly<Record<string, number>>): Files => ({
  'tickets.csv': `id,priority,opened_at,${Object.keys(columns)}\nT,P1,${iso(T0)},${Object.values(columns).map(iso)}\n`,
  'ticket-change.csv': 'id,time,change,value\n',
})

/** A response, updates at the given instants, and a resolution after 9 hours. */
const told = (updates: readonly number[]): Files => ({
  ...ticket({ responded_at: T0 + HOUR, resolved_at: T0 + 9 * HOUR }),
  'ticket-change.csv': `id,time,change,value\n${updates.map(at => `T,${iso(at)},updated,\n`).join('')}`,
})

const chain = (first: number, step: number, end: number): readonly number[] =>
  first + step >= end ? [first] : [first, ...chain(first + step, step, end)]

const performed = (...at: readonly number[]): Files => ({
  'controls.csv': `control,performed_at,outcome\n${at.map(one => `drill,${iso(one)},passed\n`).join('')}`,
})

const TERM = Date.UTC(2026, 0, 1)
const JUNE = Date.UTC(2026, 5, 1)
/** Drills kept up to the last of `before`, then one at `at`, and then at the last instants until the period is over. */
const drills = (at: number, last: number, step: number, end = JUNE) =>
  performed(...chain(TERM + step, step, last + 1), last, ...(at >= end ? [at] : chain(at, step, end)))

/** What would have kept each promise that an act keeps. */
export const acts: readonly Act[] = [
  {
    name: 'a response on the wall clock',
    clause: support('respond: 2h'),
    evidence: at => ticket({ responded_at: at }),
    late: T0 + 3 * HOUR + 7,
  },
  {
    name: 'a resolution in hours of support, over a night',
    clause: support('resolve: 10h', 'calendar'),
    evidence: at => ticket({ resolved_at: at }),
    late: T0 + 3 * DAY,
  },
  {
    name: 'a resolution in business days',
    clause: support('resolve: 2 business days', 'calendar'),
    evidence: at => ticket({ resolved_at: at }),
    late: T0 + 6 * DAY,
    still: Date.UTC(2026, 4, 8, 9),
  },
  {
    name: 'an update where one is enough',
    clause: support('update-every: 5h'),
    evidence: at => told([at]),
    late: T0 + 8 * HOUR,
  },
  {
    name: 'updates where three are',
    clause: support('update-every: 2h'),
    evidence: at => told(at > T0 + 4 * HOUR ? [at] : chain(at, 2 * HOUR, T0 + 9 * HOUR)),
    late: T0 + 8.5 * HOUR,
  },
  {
    name: 'a fix on the wall clock',
    clause:
      'v: { kind: vulnerability, from: detected, counting: elapsed, score: { order: [nvd], versions: [3.1] }, bands: { high: { fix: 7 days } } }',
    evidence: at => fix(at),
    late: T0 + 8 * DAY,
  },
  {
    name: 'a fix by the end of a day',
    clause:
      'v: { kind: vulnerability, from: detected, counting: end-of-day, score: { order: [nvd], versions: [3.1] }, bands: { high: { fix: 7 days } } }',
    evidence: at => fix(at),
    late: Date.UTC(2026, 4, 13),
  },
  {
    name: 'a drill a week where one is enough',
    clause: 'd: { kind: control, of: drill, every: 1 week }',
    evidence: at => drills(at, T0 + 12 * DAY, 7 * DAY),
    late: Date.UTC(2026, 4, 30),
  },
  {
    name: 'backups where four are missing',
    clause: 'b: { kind: backup, of: [db], schedule: { every: 24h } }',
    evidence: backupNights,
    late: TERM + 128 * DAY,
  },
  {
    name: 'drills every three days where many are',
    clause: 'd: { kind: control, of: drill, every: 3 days, tolerance: 2h }',
    evidence: at => drills(at, T0, 3 * DAY + 2 * HOUR),
    late: Date.UTC(2026, 4, 31),
  },
]

function fix(at: number): Files {
  return {
    'vulnerabilities.csv': `id,asset,cvss,score_source,detected_at,fixed_at,mitigated_at\nV,web,7.5,nvd,${iso(T0)},${iso(at)},\n`,
  }
}

interface Amount {
  readonly name: string
  readonly clause: string
  /** The records of so much of what is measured, in ms or in number. */
  evidence(n: number): Files
  /** One that breaks the promise, and one that keeps it. */
  readonly broken: number
  readonly kept: number
  readonly counted?: true
}

const work = (announced: number, length: number): Files => ({
  'maintenance.csv': `id,start,end,announced_at\nM,${iso(T0)},${iso(T0 + length)},${iso(T0 - announced)}\n`,
})

const works = (count: number): Files => ({
  'maintenance.csv': `id,start,end,announced_at\n${Array.from({ length: count }, (_, i) => `M${i},${iso(T0 + i * DAY)},${iso(T0 + i * DAY + HOUR)},${iso(T0 - DAY)}\n`).join('')}`,
})

/** Of ten tickets so many were answered an hour too late. */
const answered = (late: number): Files => ({
  'tickets.csv': `id,priority,opened_at,responded_at\n${Array.from({ length: 10 }, (_, i) => `T${i},P1,${iso(T0)},${iso(T0 + (i < late ? 3 : 1) * HOUR)}\n`).join('')}`,
})

/** Three tickets, the last resolved after so long. */
const resolved = (last: number): Files => ({
  'tickets.csv': `id,priority,opened_at,resolved_at\n${[HOUR, 2 * HOUR, last].map((ms, i) => `T${i},P1,${iso(T0)},${iso(T0 + ms)}\n`).join('')}`,
})

/** A backup every midnight until 20 June, but for those of some days, counted from 1 January on. */
const nights = (without: readonly number[] = []): readonly (readonly [start: number, index: number])[] =>
  Array.from({ length: 171 }, (_, i) => [TERM + i * DAY, i] as const).filter(([, i]) => !without.includes(i))

/** The day 5 May. */
const FIFTH = 124

const backed = (rows: readonly (readonly [number, number])[], gone: (index: number) => number): Files => ({
  'backups.csv': `id,component,started_at,completed_at,status,deleted_at\n${rows
    .map(([at, i]) => `b${i},db,${iso(at)},${iso(at + 60_000)},success,${iso(at + gone(i))}\n`)
    .join('')}`,
})

const restored = (ms: number, loss: number): Files => ({
  'incidents.csv': `id,kind,occurred_at,resolved_at\nI,disaster,${iso(T0)},\n`,
  'restores.csv': `started_at,completed_at,component,purpose,outcome,failure_at,recovered_to,scope\n${iso(T0 + 1000)},${iso(T0 + ms)},db,real,passed,${iso(T0)},${iso(T0 - loss)},\n`,
})

const LONG = 20 * DAY

/** Promises with an amount, of time or a number. */
export const amounts: readonly Amount[] = [
  {
    name: 'notice',
    clause: 'm: { kind: maintenance, notice: { at-least: 48h } }',
    evidence: n => work(n, HOUR),
    broken: 47 * HOUR - 1,
    kept: 53 * HOUR + 1,
  },
  {
    name: 'the length of work',
    clause: 'm: { kind: maintenance, longest: 2h }',
    evidence: n => work(DAY, n),
    broken: 3 * HOUR + 7,
    kept: 3_600_001,
  },
  {
    name: 'a number of works',
    clause: 'm: { kind: maintenance, at-most: 3 per calendar month }',
    evidence: works,
    broken: 6,
    kept: 1,
    counted: true,
  },
  {
    name: 'a share in time',
    clause: `t: { kind: support, calendar: support, clock: always, business-day: end-of-day, on-reopen: continue, attainment: 75% per calendar month, priorities: { P1: { respond: 2h } } }`,
    evidence: answered,
    broken: 5,
    kept: 0,
    counted: true,
  },
  {
    name: 'a mean',
    clause: `t: { kind: support, calendar: support, clock: always, business-day: end-of-day, on-reopen: continue, priorities: { P1: { report: unstated } }, mean: { resolve: 4h, window: calendar month } }`,
    evidence: resolved,
    broken: 13 * HOUR + 5,
    kept: 2 * HOUR + 5,
  },
  {
    name: 'how long a backup is kept',
    clause: 'b: { kind: backup, of: [db], keep: { for: 7 days } }',
    evidence: n => backed(nights(), i => (i === FIFTH ? n : LONG)),
    broken: 5 * DAY + 3,
    kept: 8 * DAY,
  },
  {
    name: 'how old a backup gets',
    clause: 'b: { kind: backup, of: [db], max-age: { for: 30 days } }',
    evidence: n => backed(nights(), i => (i === FIFTH ? n : LONG)),
    broken: 32 * DAY,
    kept: 25 * DAY,
  },
  {
    name: 'a time to recover',
    clause: 'r: { kind: recovery, rto: { at-most: 6h, from: failure } }',
    evidence: n => restored(n, 1000),
    broken: 7 * HOUR + 3,
    kept: 5 * HOUR,
  },
  {
    name: 'a loss',
    clause: 'r: { kind: recovery, rpo: { at-most: 5min, measure: incident } }',
    evidence: n => restored(HOUR, n),
    broken: 600_003,
    kept: 1000,
  },
]

/** Nights of backups, from midnight to midnight, with as many between 5 and 9 May as `first` lets there be. */
export function backupNights(first: number): Files {
  const rows = [
    ...nights([124, 125, 126, 127]),
    ...chain(first, 25 * HOUR, TERM + 128 * DAY).map((at, i) => [at, 200 + i] as const),
  ]
  return backed(
    [...rows].sort(([a], [b]) => a - b),
    () => LONG,
  )
}
