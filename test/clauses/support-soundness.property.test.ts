import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/finding.ts'
import { findings } from '../support/audit.ts'
import type { Cells, Tables } from '../support/evidence.ts'
import { MINUTE } from '../support/instants.ts'
import { desks, places, withoutDoubt } from './support-desks.ts'
import { answered, lives, termsOf } from './support-lives.ts'
import { type Life, minuteOf, PROMISES, type Terms, wallAt } from './support-oracle.ts'
import { contractOf, rowsOf, STYLES } from './support-rows.ts'

const scenarios = places.chain(({ zone, base }) =>
  fc
    .record({
      zone: fc.constant(zone),
      desk: desks(base),
      terms: termsOf,
      lives: lives(base, 'T', 4),
      styles: fc.array(fc.constantFrom(...STYLES), { minLength: 4, maxLength: 4 }),
      asOf: fc.integer({ min: 6 * 96, max: 21 * 96 }).map(n => base + n * 15),
      blur: fc.array(fc.constantFrom<Blur>('exact', 'exact', 'date', 'unknown', 'absent'), {
        minLength: 7,
        maxLength: 40,
      }),
    })
    .map(s => ({
      ...s,
      desk: withoutDoubt(s.desk, s.terms, s.zone),
      lives: s.lives.flatMap(life => knownBy(s.terms.from === 'responded' ? answered(life) : life, s.asOf)),
    })),
)

type Blur = 'exact' | 'date' | 'unknown' | 'absent'

/** What a log says that was taken at `as of`. */
function knownBy(life: Life, asOf: number): readonly Life[] {
  return life.opened > asOf ? [] : [{ ...life, events: life.events.filter(e => e.at <= asOf) }]
}

const STAMPS: readonly (readonly [column: string, ...words: string[]])[] = [
  ['reported_at'],
  ['responded_at', 'responded', 'replied'],
  ['workaround_at', 'workaround'],
  ['resolved_at', 'resolved'],
  ['report_sent_at', 'report-sent'],
  ['closed_at', 'closed'],
]

/** Dates for stamps, columns that are not there: never a statement that the exact rows don't make. */
function blurred(
  exact: Required<Pick<Tables, 'ticket' | 'ticket-change'>>,
  blur: readonly Blur[],
  zone: string,
  asOf: number,
) {
  let next = 0
  const choice = (): Blur => blur[next++ % blur.length] ?? 'exact'
  const date = (cell: string | number | undefined): string | number => {
    if (typeof cell !== 'number') return cell ?? ''
    const day = Math.floor(wallAt(zone, cell / MINUTE) / 1440)
    return `${minuteOf(zone, day * 1440) * MINUTE}~${Math.min(asOf, minuteOf(zone, (day + 1) * 1440)) * MINUTE}`
  }
  const changes = exact['ticket-change']
  // A word that some change row uses is taken to be in all of them: leaving out its stamp would then deny it.
  const logged = (words: readonly string[]) => changes.some(row => words.includes(String(row.change)))
  const ticket = exact.ticket.map((row): Cells => {
    const cells: Record<string, string | number> = { ...row }
    if (choice() === 'date') cells.opened_at = date(row.opened_at)
    if (choice() === 'unknown') cells.priority = '?'
    for (const [column, ...words] of STAMPS) {
      const cell = row[column]
      const how = choice()
      if (cell === undefined) continue
      const own = changes.filter(c => c.id === row.id && words.includes(String(c.change)))
      const said = own.some(c => c.time === cell)
      if (how === 'date') cells[column] = date(cell)
      const denies = cell !== '' && logged(words) && !said
      // A blank resolved_at is taken to say that it wasn't closed either.
      const decides = column === 'closed_at' && cell !== ''
      if (denies || decides || how === 'exact' || how === 'date') continue
      if (how === 'unknown') cells[column] = '?'
      else delete cells[column]
    }
    return cells
  })
  const change = changes.map((row): Cells => {
    const how = choice()
    if (how === 'date') return { ...row, time: date(row.time) }
    const state = row.change === 'paused' || row.change === 'status'
    return how === 'unknown' && state && row.value !== '' ? { ...row, value: '?' } : row
  })
  return { ticket, 'ticket-change': change }
}

/** Whether a ticket ends before the first answer that it has. */
function endsUnanswered({ events }: Life, { autoReplyCounts }: Terms): boolean {
  const first = (...words: readonly string[]) =>
    Math.min(...events.filter(e => words.includes(e.change)).map(e => e.at))
  const response = first('responded', 'replied', ...(autoReplyCounts ? ['auto-replied'] : []))
  return first('resolved', 'closed') < response && Number.isFinite(response)
}

const ofTicket = (all: readonly Finding[], promise: string, id: string) =>
  all.filter(f => f.id.endsWith(`-${promise}/${id}`))

describe('what is known less exactly', () => {
  it('never decides otherwise than the exact rows do', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async s => {
        const rows = s.lives.map((life, i) => rowsOf(life, s.styles[i] ?? 'both'))
        const exact = { ticket: rows.flatMap(r => r.ticket), 'ticket-change': rows.flatMap(r => r.change) }
        const coarse = blurred(exact, s.blur, s.zone, s.asOf)
        const terms: Terms = s.terms
        const judged = (evidence: Tables) =>
          findings({
            contract: contractOf(s.zone, s.desk, terms),
            evidence,
            asOf: s.asOf * MINUTE,
            period: '2010-01-01..2030-12-31',
          })
        const [sure, doubtful] = [await judged(exact), await judged(coarse)]
        // A reopening before the answer leaves two starts to choose from.
        if (terms.from === 'responded' && terms.onReopen === 'restart') return
        // A resolve that only its reopening tells of may have ended a pause at any time before.
        if (terms.onReopen === 'last-resolve' && terms.pausedIn.length > 0) return
        for (const life of s.lives)
          for (const promise of PROMISES) {
            // A recorded response is the first, also where it isn't known when the ticket ended.
            if (promise === 'respond' && endsUnanswered(life, terms)) continue
            for (const f of ofTicket(doubtful, promise, life.id)) {
              const [certain] = ofTicket(sure, promise, life.id)
              // Another priority counts on another clock.
              if (f.bounds !== undefined && f.id === certain?.id && certain.observed.unit === 'ms') {
                const [low, high] = [f.bounds.lowest, f.bounds.highest].map(q =>
                  q.unit === 'ms' ? q.value : Number.NaN,
                )
                expect(certain.observed.value, `${promise} of ${life.id} within ${low}–${high}`).toBeGreaterThanOrEqual(
                  low ?? 0,
                )
                expect(certain.observed.value, `${promise} of ${life.id} within ${low}–${high}`).toBeLessThanOrEqual(
                  high ?? 0,
                )
              }
              if (f.status === 'unverified') continue
              const same = ofTicket(sure, promise, life.id)
              expect(
                same.map(x => x.status),
                `${promise} of ${life.id}: ${f.status} (${f.reason})`,
              ).toContain(f.status)
            }
          }
      }),
      { numRuns: 500 },
    )
  })
})
