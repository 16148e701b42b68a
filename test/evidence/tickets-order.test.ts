import { describe, expect, it } from 'vitest'
import { read } from './support.ts'
import { life, TYPES, table, ticketOf } from './tickets-support.ts'

const CHANGES = 'id,time,change,value'
const lifeOf = async (...rows: readonly string[]) =>
  life(
    ticketOf(await read({ 'c.csv': table(CHANGES, 'T-1,08:00,opened,P1', ...rows) }, { types: TYPES }), 'T-1'),
  ).slice(1)

describe('what happened in one instant', () => {
  it('is ordered so that each of it says something, whatever the order of the rows', async () => {
    const cycle = ['T-1,09:00,resolved,', 'T-1,10:00,reopened,', 'T-1,10:00,resolved,']
    for (const rows of [cycle, [...cycle].reverse()]) {
      expect(await lifeOf(...rows)).toEqual(['09:00 resolved', '10:00 reopened', '10:00 resolved'])
    }
    const waits = ['T-1,09:00,paused,a', 'T-1,10:00,resumed,', 'T-1,10:00,paused,b', 'T-1,11:00,resumed,']
    for (const rows of [waits, [...waits].reverse()]) {
      expect(await lifeOf(...rows)).toEqual(['09:00 paused a', '10:00 resumed', '10:00 paused b', '11:00 resumed'])
    }
  })

  it('is a change and its end where nothing went on before', async () => {
    expect(await lifeOf('T-1,09:00,reopened,', 'T-1,09:00,resolved,')).toEqual(['09:00 resolved', '09:00 reopened'])
    expect(await lifeOf('T-1,09:00,resumed,', 'T-1,09:00,paused,a')).toEqual(['09:00 paused a', '09:00 resumed'])
    expect(await lifeOf('T-1,08:30,paused,a', 'T-1,09:00,closed,', 'T-1,09:00,resumed,')).toEqual([
      '08:30 paused a',
      '09:00 resumed',
      '09:00 closed',
    ])
  })
})

describe('states of which one is not known', () => {
  const log = table(
    'id,priority,status,opened_at,updated_at',
    'T-1,P1,new,08:00,08:00',
    'T-1,P1,?,08:00,09:00',
    'T-1,P1,done,08:00,10:00',
  )
  const mapped = (text: string) => ({ types: TYPES, mapping: { file: 'map.yaml', bytes: Buffer.from(text) } })

  it('leave open whether it was resolved then, where states resolve', async () => {
    const ruled = await read({ 'log.csv': log }, mapped('rows: updates\nresolved-in: [done]\n'))
    expect(ticketOf(ruled, 'T-1').flaw).toEqual({
      reason: 'state-unknown',
      why: 'a state of it is not known: it may be a resolved one',
      origins: [{ input: 0, line: 3 }],
    })
    expect(ruled.warnings.map(({ code, span }) => [code, span?.line])).toEqual([['state-unknown', 3]])
    const plain = await read({ 'log.csv': log }, mapped('rows: updates\n'))
    expect(ticketOf(plain, 'T-1').flaw).toBeUndefined()
  })
})

it('a ticket of very many rows is read', async () => {
  const rows = Array.from({ length: 150_000 }, (_, i) => {
    const [hour, minute] = [8 + Math.floor(i / 36_000), Math.floor((i % 36_000) / 600)]
    const time = `2026-05-01T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00Z`
    return `T-1,P1,${i % 2 === 0 ? 'new' : 'open'},2026-05-01T08:00:00Z,${time},${i}`
  })
  const log = ['id,priority,status,opened_at,updated_at,n', ...rows].join('\n')
  const mapping = { file: 'map.yaml', bytes: Buffer.from('rows: updates\n') }
  const evidence = await read({ 'log.csv': log }, { types: TYPES, mapping })
  expect(ticketOf(evidence, 'T-1').changes).toHaveLength(150_001)
})
