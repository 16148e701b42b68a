import { describe, expect, it } from 'vitest'
import { mapping, TICKETS } from './formats-support.ts'
import { read, short } from './support.ts'
import { table } from './tickets-support.ts'

const HEADER = 'id,priority,opened_at,status,updated_at'
const RULES = 'rows: updates\n'

async function warnings(file: string, map: string): Promise<readonly string[]> {
  const evidence = await read({ 'log.csv': file }, { types: TICKETS, ...mapping(map) })
  return evidence.warnings.map(short)
}

describe('states in which work is done', () => {
  const log = table(HEADER, 'A,P1,10:00,New,10:00', 'A,P1,10:00,Resolved,12:00', 'B,P1,10:00,New,10:00')

  it('are said to be none of the file where they never occur', async () => {
    expect(await warnings(log, `${RULES}resolved-in: [Finished]\n`)).toEqual([
      '1:1 no ticket is ever in "Finished", which resolved-in names | states seen: New, Resolved',
    ])
    expect(await warnings(log, `${RULES}resolved-in: [Resolvd]\n`)).toEqual([
      '1:1 no ticket is ever in "Resolvd", which resolved-in names | did you mean "Resolved"? states seen: New, Resolved',
    ])
  })

  it('need not all occur', async () => {
    expect(await warnings(log, `${RULES}resolved-in: [Resolved, Closed]\n`)).toEqual([])
    // Every state that there may be is named: nothing is resolved yet.
    expect(await warnings(log, `${RULES}resolved-in: [Closed]\nstates: [New, Resolved, Closed]\n`)).toEqual([])
  })

  it('are to be named where no stamp says when work was done', async () => {
    expect(await warnings(log, RULES)).toEqual([
      '3:1 tickets end in "Resolved", but there is no column resolved_at | say in which states a ticket is resolved: resolved-in: [Resolved] in the --map file',
    ])
    const header = `${HEADER},resolved_at`
    const blank = table(header, 'A,P1,10:00,Resolved,12:00,', 'A,P1,10:00,Closed,13:00,', 'B,P1,10:00,Solved,13:00,')
    expect(await warnings(blank, RULES)).toEqual([
      '3:1 tickets end in "Closed", "Solved", but resolved_at is blank: they count as open | say in which states a ticket is resolved: resolved-in: [Resolved, Closed, Solved] in the --map file',
    ])
  })

  it('need no rule where the last row says when, or that it is not known', async () => {
    const header = `${HEADER},resolved_at,closed_at`
    const stamped = table(
      header,
      'A,P1,10:00,Resolved,12:00,,',
      'A,P1,10:00,Closed,13:00,12:00,13:00',
      'B,P1,10:00,Closed,13:00,,13:00',
      'C,P1,10:00,Resolved,13:00,?,',
      'D,P1,10:00,Resolved,11:00,,',
      'D,P1,10:00,Active,12:00,,',
    )
    expect(await warnings(stamped, RULES)).toEqual([])
  })
})
