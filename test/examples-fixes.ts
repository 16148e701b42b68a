import type { Finding } from '../src/model/finding.ts'
import { wallInstant } from './examples-tickets.ts'

/**
 * What the clock of a vulnerability must show, worked out by hand from those listed with the example evidence: time from
 * its start to the fix as `hours:minutes`, of time allowed, and the due instant on the wall in Paris. Where it was fixed
 * between two scans, or nothing tells of it after the last one, `counted` is the most it can have taken, and `after`
 * the time until the last scan with it.
 */
export interface FixFigures {
  readonly status: string
  readonly reason: string
  readonly counted?: string
  readonly after?: string
  readonly allowance?: string
  readonly due?: string
}

type Clock = readonly [counted: string, allowance: string, due: string, after?: string]

export function fix(status: string, reason: string, clock?: Clock): FixFigures {
  if (clock === undefined) return { status, reason }
  const [counted, allowance, due, after] = clock
  return { status, reason, counted, allowance, due, ...(after !== undefined && { after }) }
}

/** What is looked at of a vulnerability's finding, and what it must be. */
export function fixPair(finding: Finding | undefined, { status, reason, counted, after, allowance, due }: FixFigures) {
  const got: Record<string, unknown> = { status: finding?.status, reason: finding?.reason }
  const wanted: Record<string, unknown> = { status, reason }
  if (counted === undefined || allowance === undefined || due === undefined) return { got, wanted }
  got.start = finding?.start
  got.due = finding?.due
  wanted.due = wallInstant(due)
  wanted.start = wallInstant(due) - length(allowance)
  got.promised = finding?.promised
  wanted.promised = { unit: 'ms', value: length(allowance) }
  got.bounds = finding?.bounds
  wanted.bounds =
    after === undefined
      ? undefined
      : { lowest: { unit: 'ms', value: Math.max(0, length(after)) }, highest: { unit: 'ms', value: length(counted) } }
  if (status === 'unverified') return { got, wanted }
  // The most it can have taken, late or not.
  got.observed = finding?.observed
  wanted.observed = { unit: 'ms', value: length(counted) }
  got.atRisk = finding?.atRisk === true
  wanted.atRisk = (status === 'met' || status === 'pending') && length(counted) * 10 >= length(allowance) * 9
  return { got, wanted }
}

/** `26:50` → milliseconds; `-` in front: before the clock starts. */
function length(text: string): number {
  const [hours = '', minutes = ''] = text.replace('-', '').split(':')
  const ms = (Number(hours) * 60 + Number(minutes)) * 60_000
  return text.startsWith('-') ? -ms : ms
}

/** No time is given for mitigating what is critical. */
const unmitigated = fix('not-applicable', 'no-target')

export const platformFixesFebruary = {
  'fixes/medium/V-03@db#engine': fix('met', 'fixed', ['432:00', '720:00', '2026-03-04 08:30']),
  // From the internal patch.
  'fixes/critical/V-04@api#runtime': fix('met', 'fixed', ['71:00', '72:00', '2026-02-14 15:00']),
  'fixes/critical-mitigate/V-04@api#runtime': unmitigated,
  'fixes/high/V-05@web#proxy': fix('met', 'fixed', ['96:00', '168:00', '2026-03-02 09:00']),
}

export const platformFixesMay = {
  'fixes/low/V-10@api#logger': fix('not-applicable', 'no-target'),
  'fixes/critical/V-12@web#codec': fix('unverified', 'no-clock'),
  'fixes/critical-mitigate/V-12@web#codec': unmitigated,
  'fixes/critical/V-13@api#codec': fix('unverified', 'column-missing'),
  'fixes/critical-mitigate/V-13@api#codec': unmitigated,
}

/** Those that a period of September selects. */
export const platformFixesSeptember = {
  'fixes/critical/V-12@web#codec': platformFixesMay['fixes/critical/V-12@web#codec'],
  'fixes/critical-mitigate/V-12@web#codec': unmitigated,
  'fixes/medium/V-20@db#driver': fix('pending', 'open', ['696:00', '720:00', '2026-09-16 12:00']),
  'fixes/high/V-21@worker#runtime': fix('not-applicable', 'accepted'),
  'fixes/critical/V-22@api#parser': fix('breached', 'overdue', ['148:00', '72:00', '2026-09-12 08:00']),
  'fixes/critical-mitigate/V-22@api#parser': unmitigated,
  'fixes/high/V-23@web#codec': fix('pending', 'open', ['116:00', '168:00', '2026-09-17 16:00']),
}

export const platformFixes = {
  'fixes/critical/V-01@web#proxy': fix('met', 'fixed', ['54:00', '72:00', '2026-01-16 10:00']),
  'fixes/critical-mitigate/V-01@web#proxy': unmitigated,
  'fixes/high/V-02@api#parser': fix('met', 'fixed', ['168:00', '168:00', '2026-01-27 11:00']),
  ...platformFixesFebruary,
  // 30 days of 24 hours, over the change to summer time.
  'fixes/medium/V-06@db#engine': fix('met', 'fixed', ['671:00', '720:00', '2026-04-02 13:00']),
  'fixes/critical/V-07@web#runtime': fix('met', 'fixed', ['66:00', '72:00', '2026-03-12 18:00']),
  'fixes/critical-mitigate/V-07@web#runtime': unmitigated,
  'fixes/high/V-08@api#parser': fix('breached', 'fixed-late', ['212:00', '168:00', '2026-03-23 14:00']),
  'fixes/low/V-09@web#logger': fix('not-applicable', 'no-target'),
  'fixes/critical/V-11@db#driver': fix('met', 'mitigated'),
  'fixes/critical-mitigate/V-11@db#driver': unmitigated,
  ...platformFixesMay,
  'fixes/critical/V-14@web#proxy': fix('breached', 'fixed-late', ['96:00', '72:00', '2026-06-11 08:00']),
  'fixes/critical-mitigate/V-14@web#proxy': unmitigated,
  'fixes/high/V-15@api#runtime': fix('met', 'fixed', ['144:00', '168:00', '2026-06-22 10:00']),
  'fixes/medium/V-16@db#engine': fix('breached', 'fixed-late', ['1416:00', '720:00', '2026-07-22 10:00']),
  'fixes/critical/V-17@api#crypto': fix('not-applicable', 'not-affected'),
  'fixes/critical-mitigate/V-17@api#crypto': fix('not-applicable', 'not-affected'),
  'fixes/critical/V-18@worker#plugin': fix('met', 'fixed'),
  'fixes/critical-mitigate/V-18@worker#plugin': unmitigated,
  'fixes/high/V-19@worker#queue': fix('met', 'fixed', ['72:00', '168:00', '2026-08-03 09:00']),
  'fixes/high/V-19@worker#queue~2': fix('breached', 'fixed-late', ['216:00', '168:00', '2026-08-17 09:00']),
  ...platformFixesSeptember,
}

const image = (name: string) => `registry.example/platform-api:stable#pkg:npm/%40example/${name}`

/** Seen by scans: in CSV tables and in reports of Grype. */
export const platformScans = {
  'fixes/high/V-31@web-1#proxy': fix('met', 'fixed', ['72:00', '168:00', '2026-06-08 06:00', '0:00']),
  'fixes/high/V-32@web-1#parser': fix('unverified', 'between-scans', ['240:00', '168:00', '2026-06-08 06:00', '72:00']),
  'fixes/high/V-33@web-1#runtime': fix('breached', 'fixed-late', ['336:00', '168:00', '2026-06-08 06:00', '240:00']),
  // Last seen three hours before it was due.
  'fixes/critical/V-34@web-1#proxy': fix('unverified', 'not-seen-since', [
    '99:00',
    '72:00',
    '2026-06-15 09:00',
    '69:00',
  ]),
  // Not due yet: whether they are still there decides nothing so far.
  'fixes/critical-mitigate/V-34@web-1#proxy': unmitigated,
  'fixes/medium/V-35@db-1#engine': fix('pending', 'open', ['365:00', '720:00', '2026-07-01 07:00']),
  'fixes/critical/V-36@db-1#driver': fix('pending', 'open', ['42:00', '72:00', '2026-06-17 18:00']),
  'fixes/critical-mitigate/V-36@db-1#driver': unmitigated,
  'fixes/high/V-37@db-1#engine': fix('met', 'fixed', ['72:00', '168:00', '2026-06-08 07:00', '0:00']),
  'fixes/high/V-37@db-1#engine~2': fix('met', 'fixed', ['96:00', '168:00', '2026-06-18 07:00', '0:00']),
  // Late whenever it was that day; the internal patch could only be earlier.
  [`fixes/critical/CVE-2026-900101@${image('parser')}`]: fix('breached', 'overdue'),
  [`fixes/critical-mitigate/CVE-2026-900101@${image('parser')}`]: unmitigated,
  [`fixes/high/CVE-2026-900102@${image('router')}`]: fix('met', 'fixed', [
    '168:00',
    '168:00',
    '2026-06-09 08:00',
    '0:00',
  ]),
  // Last seen four days before the patch.
  [`fixes/critical/CVE-2026-900103@${image('codec')}`]: fix('met', 'fixed', [
    '70:00',
    '72:00',
    '2026-06-09 10:00',
    '-98:00',
  ]),
  [`fixes/critical-mitigate/CVE-2026-900103@${image('codec')}`]: unmitigated,
  [`fixes/medium/CVE-2026-900104@${image('logger')}`]: fix('met', 'fixed', [
    '168:00',
    '720:00',
    '2026-07-02 08:00',
    '0:00',
  ]),
  [`fixes/medium/CVE-2026-900105@${image('shell')}`]: fix('pending', 'open', ['340:00', '720:00', '2026-07-02 08:00']),
  [`fixes/critical/CVE-2026-900106@${image('crypto')}`]: fix('unverified', 'column-missing'),
  [`fixes/critical-mitigate/CVE-2026-900106@${image('crypto')}`]: unmitigated,
  [`fixes/medium/CVE-2026-900107@${image('queue')}`]: fix('pending', 'open', ['172:00', '720:00', '2026-07-09 08:00']),
}
