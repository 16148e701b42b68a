import { describe, expect, it } from 'vitest'
import { audit } from '../support/audit.ts'
import { MINUTE } from '../support/instants.ts'

const contract = `
apiVersion: sla/v1
kind: Contract
id: test
timezone: UTC
clauses:
  kept: { kind: availability, target: 90%, window: calendar month, no-data: unknown }
  lost: { kind: availability, target: 100%, window: calendar month, no-data: unknown, binding: objective }
  shown: { kind: availability, target: 100%, window: calendar month, no-data: unknown, binding: observed }
  open: { kind: maintenance, notice: { at-least: 48h } }
`
const base = {
  contract,
  evidence: { outage: [{ start: '2026-06-10T00:00:00Z', end: Date.UTC(2026, 5, 10) + MINUTE }] },
  asOf: '2026-07-01T00:00:00Z',
  period: '2026-06',
}

describe('the report', () => {
  it('rolls up guarantees, objectives apart', async () => {
    const report = await audit(base)
    expect(report.clauses.map(c => [c.id, c.binding, c.status])).toEqual([
      ['kept', 'guarantee', 'met'],
      ['lost', 'objective', 'breached'],
      ['shown', 'observed', 'not-applicable'],
      ['open', 'guarantee', 'unverified'],
    ])
    expect(report.summary.status).toBe('unverified')
    expect(report.summary.guarantees).toMatchObject({ met: 1, unverified: 1, breached: 0 })
    expect(report.summary.objectives).toMatchObject({ breached: 1, met: 0 })
  })

  it('judges the clauses that are asked for', async () => {
    const report = await audit({ ...base, only: ['k*'] })
    expect(report.clauses.map(c => c.id)).toEqual(['kept'])
    expect(report.summary.status).toBe('met')
  })

  it('is the same bytes every time, and plain data', async () => {
    const [one, two] = [JSON.stringify(await audit(base)), JSON.stringify(await audit(base))]
    expect(one).toBe(two)
    expect(one).not.toContain('null')
  })

  it('warns of a log that ends long before the period', async () => {
    const report = await audit({
      ...base,
      evidence: { outage: [{ start: '2026-06-02T00:00:00Z', end: '2026-06-02T00:01:00Z' }] },
    })
    expect(report.warnings.map(w => w.code)).toContain('log-ends-early')
    const late = await audit({
      ...base,
      evidence: { outage: [{ start: '2026-06-29T00:00:00Z', end: '2026-06-29T00:01:00Z' }] },
    })
    expect(late.warnings.map(w => w.code)).not.toContain('log-ends-early')
  })
})
