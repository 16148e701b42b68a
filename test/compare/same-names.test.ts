import { describe, expect, it } from 'vitest'
import { compareContracts } from '../../src/compare/compare.ts'
import { contractOf, up, zones } from './fakes.ts'

type Plain = Readonly<Record<string, unknown>>

async function cellOf(base: readonly [Plain, Plain], other: readonly [Plain, Plain]) {
  const contracts = [await contractOf('one', base[0], base[1]), await contractOf('two', other[0], other[1])]
  const { rows, witnesses } = await compareContracts(contracts, { year: 2026, zones, version: '1.2.3' })
  const cell = rows[0]?.cells[1]
  return [rows[0]?.key, cell?.relation, witnesses.map(({ breaches }) => breaches)]
}

describe('what is called the same and is not', () => {
  const office = (holiday: string): Plain => ({
    calendars: { office: { days: 'mon-fri', hours: '09:00-18:00', holidays: [holiday] } },
  })
  const work: Plain = { work: { kind: 'maintenance', inside: 'office' } }

  it('a calendar with one holiday on another date', async () => {
    // Monday 1 June and Tuesday 2 June: work of either day is inside the hours of one only.
    expect(await cellOf([work, office('2026-06-01')], [work, office('2026-06-02')])).toEqual([
      'maintenance/inside',
      'incomparable',
      [0, 1],
    ])
    expect(await cellOf([work, office('2026-06-01')], [work, office('2026-06-01')])).toEqual([
      'maintenance/inside',
      'equal',
      [],
    ])
  })

  it('one service, where both contracts know both', async () => {
    const services: Plain = { services: { app: {}, api: {} } }
    const of = (name: string): Plain => ({ up: up('99%', { services: [name] }) })
    const [key, relation] = await cellOf([of('app'), services], [of('api'), services])
    expect([key, relation]).toEqual(['availability', 'incomparable'])
    expect((await cellOf([of('app'), services], [of('app'), services]))[1]).toBe('equal')
    // Each of one service under another name: one and the same.
    const alone = (name: string): Plain => ({ services: { [name]: {} } })
    expect((await cellOf([{ up: up('99%') }, alone('app')], [{ up: up('99%') }, alone('web')]))[1]).toBe('equal')
  })
})
