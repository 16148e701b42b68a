import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileFilters } from '../../src/evidence/filter.ts'
import { recognise } from '../../src/evidence/recognise.ts'
import { matches } from '../support/matches.ts'

describe('row filters', () => {
  it('need every column to fit', () => {
    const where = [
      { column: 'kind', values: ['planned', 'other'], not: false },
      { column: 'region', values: ['eu'], not: true },
    ]
    expect(matches(where, { kind: 'planned', region: 'us' })).toBe(true)
    expect(matches(where, { kind: 'planned', region: 'eu' })).toBe(false)
    expect(matches(where, { kind: 'emergency', region: 'us' })).toBe(false)
    expect(matches(where, { kind: 'other' })).toBe(true)
    expect(matches(where, { region: 'us' })).toBe(false)
    expect(matches([], {})).toBe(true)
  })

  it('name columns as headers are compared', () => {
    expect(matches([{ column: 'Cost Center', values: ['x'], not: false }], { cost_center: 'x' })).toBe(true)
    expect(matches([{ column: 'constructor', values: ['x'], not: true }], {})).toBe(true)
  })

  it('compile to tests of cells, equal to matching the attributes where these are known', () => {
    const name = fc.constantFrom('a', 'b', 'c')
    const cell = fc.constantFrom('', 'x', 'y', ' x ', undefined)
    const where = fc.array(
      fc.record({ column: name, values: fc.array(fc.constantFrom('x', 'y', '')), not: fc.boolean() }),
      { maxLength: 3 },
    )
    fc.assert(
      fc.property(fc.array(where, { maxLength: 30 }), cell, cell, (filters, a, b) => {
        const attributes: Record<string, string> = {}
        if (a !== undefined) attributes.a = a.trim()
        if (b !== undefined) attributes.b = b.trim()
        const compiled = compileFilters(filters, ['a', 'b'])
        expect(compiled.count).toBe(Math.max(1, filters.length))
        for (const [i, one] of filters.entries()) {
          const missing = one.filter(({ column }) => attributes[column] === undefined)
          const rest = one.filter(({ column }) => attributes[column] !== undefined)
          const wanted = !matches(rest, attributes) ? false : missing.length > 0 ? undefined : true
          expect(compiled.match(i, [a, b])).toBe(wanted)
          expect(compiled.unknown(i, [a, b])).toEqual(missing.map(({ column }) => column))
        }
      }),
    )
  })
})

describe('recognising a header', () => {
  it('refuses to choose when header and file name disagree', () => {
    expect(recognise(['start', 'end', 'kind'], 'outage_log.csv')).toEqual({
      message: "the header reads as maintenance, the file's name as outage",
      hint: 'say --as outage or --as maintenance',
    })
    expect(recognise(['start', 'end', 'kind'], 'log.csv')).toEqual({ type: 'maintenance' })
    expect(recognise(['start', 'end', 'kind'], 'maintenance-outages.csv')).toEqual({ type: 'maintenance' })
    expect(recognise(['start', 'end', 'cause'], 'outages.csv')).toEqual({ type: 'outage' })
  })

  it.each([
    ['outage', 'start end severity'],
    ['maintenance', 'start end announced_at'],
    ['check', 'time status'],
    ['check', 'time status service id'],
    ['check', 'timestamp state location latency_ms'],
    ['requests', 'time total failed service'],
    ['measurement', 'time metric value unit'],
    ['ticket', 'id priority opened_at resolved_at'],
    ['ticket-change', 'id time change value'],
    ['vulnerability', 'id asset cvss detected_at fixed_at'],
    ['score', 'id time cvss source'],
    ['acceptance', 'id from until approver'],
    ['vex', 'id time status'],
    ['known-exploited', 'id due_at'],
    ['epss', 'id time score'],
    ['scan', 'id time asset outcome'],
    ['backup', 'component started_at completed_at status'],
    ['backup-copy', 'backup completed_at location'],
    ['backup-deletion', 'backup time location'],
    ['verification', 'backup time outcome'],
    ['inventory', 'taken_at backup location'],
    ['restore', 'started_at completed_at component outcome'],
    ['recovery-point', 'time recoverable_to component'],
    ['incident', 'id kind occurred_at detected_at'],
    ['notification', 'incident sent_at stage'],
    ['event', 'name time subject'],
    ['control', 'control performed_at outcome'],
    ['claim', 'clause sent_at amount'],
    ['correction', 'of field value reason by'],
    ['coverage', 'type from to'],
  ])('%s: %s', (type, header) => {
    expect(recognise(header.split(' '), 'x.csv')).toEqual({ type })
  })

  it.each([
    ['outage', '/data/2026/outages-may.csv'],
    ['outage', 'Incidents.json'],
    ['maintenance', 'planned_maintenance.csv'],
  ])('%s by the name %s', (type, file) => {
    expect(recognise(['start', 'end', 'service'], file)).toEqual({ type })
  })

  it.each([
    ['backup-copy', 'backup completed_at location component', 'backup-copies.csv'],
    ['backup-copy', 'backup started_at completed_at location component', 'my_backup_copies_2026.csv'],
    ['backup-copy', 'backup completed_at location component', 'offsite.csv'],
    ['backup-deletion', 'backup time location component', 'backup-deletions.csv'],
    ['verification', 'backup time outcome component', 'backup_verifications.csv'],
    ['recovery-point', 'time recoverable_to component', 'recovery points.csv'],
    ['inventory', 'taken_at backup component started_at', 'inventories.csv'],
  ])('%s with %s in %s', (type, header, file) => {
    expect(recognise(header.split(' '), file)).toEqual({ type })
  })

  it('does not guess from a name that holds both', () => {
    expect(recognise(['start', 'end'], 'outages-and-maintenance.csv')).toMatchObject({
      message: 'cannot tell outage or maintenance from the header',
    })
  })
})
