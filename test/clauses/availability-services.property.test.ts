import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findings } from '../support/audit.ts'
import { MINUTE } from '../support/instants.ts'
import { covers, reaches, sameRatio } from './grid.ts'

const START = Date.UTC(2026, 4, 5, 10)
const CELLS = 120
const at = (cell: number): number => START + cell * MINUTE
const iso = (cell: number): string => new Date(at(cell)).toISOString()

const NAMES = ['web', 'api', 'db', 'disk'] as const
type Name = (typeof NAMES)[number]

interface Row {
  readonly service: Name
  readonly from: number
  readonly length: number
  readonly severity: 'full' | 'degraded'
  readonly forced: boolean
}

const row = fc.record<Row>({
  service: fc.constantFrom(...NAMES),
  from: fc.integer({ min: -10, max: CELLS }),
  length: fc.integer({ min: 0, max: 70 }),
  severity: fc.constantFrom('full', 'full', 'degraded'),
  forced: fc.integer({ min: 0, max: 4 }).map(n => n === 0),
})

/** Needs point to later names only, so that there is no circle. */
const needs = fc.record({
  web: fc.subarray<Name>(['api', 'db', 'disk']),
  api: fc.subarray<Name>(['db', 'disk']),
  db: fc.subarray<Name>(['disk']),
  disk: fc.constant<Name[]>([]),
})
type Needs = Record<Name, readonly Name[]>

const shape = fc.record({
  services: fc.subarray<Name>([...NAMES], { minLength: 1 }),
  together: fc.constantFrom(undefined, 'any' as const, 'all' as const),
  zones: fc.oneof(fc.constant<Name[]>([]), fc.subarray<Name>([...NAMES], { minLength: 2 })),
  only: fc.boolean(),
  exclude: fc.boolean(),
  basisPoints: fc.integer({ min: 3000, max: 10_000 }),
})
type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never

const contractOf = (n: Needs, s: Shape) => ({
  apiVersion: 'sla/v1',
  kind: 'Contract',
  id: 'services',
  timezone: 'UTC',
  term: { from: iso(0), to: iso(CELLS) },
  services: Object.fromEntries(NAMES.map(name => [name, { needs: n[name] }])),
  exclusions: { force: { cause: ['force-majeure'] } },
  clauses: {
    uptime: {
      kind: 'availability',
      target: `${(s.basisPoints / 100).toFixed(2)}%`,
      window: 'term',
      'no-data': 'unknown',
      degraded: '50%',
      'excluded-time': 'leaves-denominator',
      ...(!(s.only && s.zones.length > 0) && { services: s.services }),
      ...(s.together !== undefined && !(s.only && s.zones.length > 0) && { 'services-together': s.together }),
      ...(s.zones.length > 0 && { 'all-down': s.zones }),
      ...(s.exclude && { excluding: ['force'] }),
    },
  },
})

/** The service and all it needs, however far. */
function reach(n: Needs, name: Name): Set<Name> {
  return new Set([name, ...n[name].flatMap(other => [...reach(n, other)])])
}

/** How much of a service is down in a cell, in hundredths, its needs with it. */
function downOf(n: Needs, rows: readonly Row[], name: Name, cell: number): number {
  const involved = reach(n, name)
  const hits = rows.filter(r => involved.has(r.service) && covers([r.from, r.from + r.length], cell))
  return Math.max(0, ...hits.map(r => (r.severity === 'full' ? 100 : 50)))
}

function subjects(s: Shape): { id: string; services: readonly Name[]; rule: 'any' | 'all' }[] {
  if (s.only && s.zones.length > 0) return [{ id: 'uptime/term', services: [], rule: 'any' }]
  if (s.together !== undefined || s.services.length === 1)
    return [{ id: 'uptime/term', services: s.services, rule: s.together ?? 'any' }]
  return s.services.map(name => ({ id: `uptime/${name}/term`, services: [name], rule: 'any' }))
}

describe('services that need others, stand together or in for each other', () => {
  it('agrees with asking every minute which services are down', async () => {
    await fc.assert(
      fc.asyncProperty(needs, shape, fc.array(row, { maxLength: 9 }), async (n, s, rows) => {
        const got = await findings({
          contract: contractOf(n, s),
          evidence: {
            // One row a service keeps each of them supplied.
            outage: [
              ...rows,
              ...NAMES.map(service => ({ service, from: 0, length: 0, severity: 'full', forced: false })),
            ].map(r => ({
              service: r.service,
              start: at(r.from),
              end: at(r.from + r.length),
              severity: r.severity,
              cause: r.forced ? 'force-majeure' : 'fault',
            })),
          },
          asOf: at(CELLS + 60),
          period: `${iso(0)}..${iso(CELLS)}`,
        })
        const wanted = subjects(s)
        expect(got.map(f => f.id)).toEqual(wanted.map(w => w.id))
        for (const [i, { services, rule }] of wanted.entries()) {
          const involved = new Set([...services, ...s.zones].flatMap(name => [...reach(n, name)]))
          let down = 0
          let base = 0
          for (let cell = 0; cell < CELLS; cell++) {
            const forced = (r: Row) => r.forced && involved.has(r.service) && covers([r.from, r.from + r.length], cell)
            if (s.exclude && rows.some(forced)) continue
            base++
            const own = services.map(name => downOf(n, rows, name, cell))
            const zones = s.zones.map(name => downOf(n, rows, name, cell))
            const together = own.length === 0 ? 0 : rule === 'any' ? Math.max(...own) : Math.min(...own)
            down += Math.max(together, zones.length === 0 ? 0 : Math.min(...zones))
          }
          if (base === 0) continue
          const f = got[i]
          const { left, right } = sameRatio(f?.observed, down, base)
          expect(left, `${f?.id}: ${down / 100} of ${base} min`).toBe(right)
          expect(f?.status).toBe(reaches(down, base, s.basisPoints) ? 'met' : 'breached')
        }
      }),
      { numRuns: 500, seed: 41 },
    )
  })
})
