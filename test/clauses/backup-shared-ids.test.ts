import { describe, expect, it } from 'vitest'
import { existence } from '../../src/clauses/backup/existence.ts'
import type { Backup, Copy } from '../../src/evidence/backups/records.ts'

const AS_OF = 1000
const ORIGIN = { input: 0, line: 2 }
const at = (time: number) => ({ earliest: time, latest: time })

function knownOf(own: Partial<Copy>, deletions = [{ start: 0, end: AS_OF }]) {
  const copy: Copy = {
    location: 'L',
    primary: true,
    begun: at(0),
    made: at(10),
    listed: [],
    deleted: undefined,
    origin: ORIGIN,
    ...own,
  }
  const backup: Backup = {
    id: 'r1',
    component: 'db',
    service: '',
    started: at(0),
    completed: at(10),
    status: 'success',
    parent: null,
    copies: [copy],
    verifications: [],
    origin: ORIGIN,
    rows: [ORIGIN],
    logged: true,
    attributes: {},
  }
  const { sure, possible } = existence(copy, backup, deletions, AS_OF)
  const text = (list: readonly { start: number; end: number }[]) =>
    list.map(({ start, end }) => `${start}-${end}`).join(' ')
  return `${text(sure)} | ${text(possible)}`
}

describe('a deletion that may be that of another component', () => {
  it('ends what the log of deletions shows', () => {
    expect(knownOf({})).toBe('10-1000 | 10-1000')
    expect(knownOf({ maybeDeleted: [at(300)] })).toBe('10-300 | 10-1000')
    expect(knownOf({ maybeDeleted: [at(300), at(500)] })).toBe('10-300 | 10-1000')
  })

  it('ends what a row says that is blank of its deletion', () => {
    expect(knownOf({ deleted: null, maybeDeleted: [at(300)] }, [])).toBe('10-300 | 10-1000')
  })

  it('was another one where a listing shows it later', () => {
    const listed = [{ there: true, first: at(400), last: at(400), origins: [ORIGIN] }]
    expect(knownOf({ listed, maybeDeleted: [at(300)] })).toBe('10-1000 | 10-1000')
    expect(knownOf({ listed, maybeDeleted: [at(300), at(600)] })).toBe('10-600 | 10-1000')
  })

  it('changes nothing of one that is told for certain', () => {
    expect(knownOf({ deleted: at(700), maybeDeleted: [at(300)] })).toBe('10-700 | 10-700')
  })
})
