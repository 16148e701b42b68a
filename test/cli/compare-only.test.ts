import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { head, run, tickets, up } from './compare-files.ts'

const FILES = {
  'a.yaml': head('a') + up('99.5%') + tickets('P1: { respond: 2h }', 'P2: { respond: 8h }'),
  'b.yaml': head('b') + up('99.9%') + tickets('P1: { respond: 3h }', 'P2: { respond: 8h }'),
}

const folder = mkdtempSync(join(tmpdir(), 'sla-compare-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const rows = {
  'outages.csv': ['type,start,end', 'outage,2026-05-04T09:00:00Z,2026-05-04T13:00:00Z'],
  'tickets.csv': [
    'type,id,priority,opened_at,responded_at',
    'ticket,T-1,P1,2026-05-04T09:00:00Z,2026-05-04T11:30:00Z',
    'ticket,T-2,P2,2026-05-04T09:00:00Z,2026-05-04T19:00:00Z',
  ],
}
for (const [name, lines] of Object.entries(rows)) writeFileSync(join(folder, name), `${lines.join('\n')}\n`)
const EVIDENCE = `--evidence ${folder} --period 2026-05 --as-of 2026-06-01`

async function json(words: string, env = {}) {
  const { code, out, err } = await run(`a.yaml b.yaml --year 2026 -f json ${words}`.trim(), env, FILES)
  const comparison = JSON.parse(out)
  const keys = (list: readonly { readonly key: string }[] = []) => list.map(({ key }) => key)
  return { code, err, comparison, rows: keys(comparison.rows), replay: keys(comparison.replay) }
}

describe('--only', () => {
  it('compares what is named: subjects and beginnings of keys, by commas or again, or by its variable', async () => {
    expect((await json('')).rows).toEqual(['availability', 'support/P1/respond', 'support/P2/respond'])
    expect((await json('--only availability,support/P2')).rows).toEqual(['availability', 'support/P2/respond'])
    const { rows, comparison } = await json('--only support/P2 --only support/P1')
    expect(rows).toEqual(['support/P1/respond', 'support/P2/respond'])
    expect(comparison.only).toEqual(['support/P2', 'support/P1'])
    expect((await json('', { SLA_ONLY: 'support/P1' })).rows).toEqual(['support/P1/respond'])
  })

  it('rests the exit code, the totals and the logs on what is left', async () => {
    const words = 'a.yaml b.yaml --year 2026 --fail-on weaker'
    expect((await run(words, {}, FILES)).code).toBe(1)
    const left = await run(`${words} --only availability,support/P2 --witness logs`, {}, FILES)
    expect(left.code).toBe(0)
    expect(left.out).toMatch(/^ {2}b {2}↑ 1 stronger {2}= 1 equal/m)
    expect([...left.files.keys()].filter(name => name.startsWith('logs/'))).toEqual([
      'logs/01-availability.csv',
      'logs/README.md',
    ])
    const none = await run(`${words} --only support/P2 --witness logs`, {}, FILES)
    expect(none.files.get('logs/README.md')).toContain('apart in support/P2.')
  })

  it('judges a history by the clauses that are left', async () => {
    const whole = await json(EVIDENCE)
    expect(whole.replay).toEqual(['availability', 'support/P1/respond', 'support/P2/respond'])
    const part = await json(`--only support/P1 ${EVIDENCE}`)
    expect(part.replay).toEqual(['support/P1/respond'])
    expect(part.comparison.replay).toEqual(whole.comparison.replay.slice(1, 2))
    // 2 h 30 min are late for a, in time for b.
    expect(part.comparison.replay[0].verdicts).toMatchObject([{ status: 'breached' }, { status: 'met' }])
  })

  it('says what there is where a word fits nothing', async () => {
    const { code, out, err } = await run('a.yaml b.yaml --only suport', {}, FILES)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('--only: no promise compared is or begins with "suport"')
    expect(err).toContain('did you mean support?')
    expect((await run('a.yaml b.yaml --only backup', {}, FILES)).err).toContain('there are availability, support')
    expect((await run('a.yaml b.yaml --only support/P7-and-more', {}, FILES)).err).toContain(
      'there are support/P1, support/P2',
    )
    expect((await run('a.yaml b.yaml --only availability,', {}, FILES)).err).toContain('blank item')
  })

  it.each(['pretty', 'markdown', 'html'])('is told in the head of %s', async format => {
    const { out } = await run(`a.yaml b.yaml --year 2026 --only availability,support/P1 -f ${format}`, {}, FILES)
    expect(out.split('</header>')[0]?.split('\n').slice(0, 400).join('\n')).toContain(
      '2026, only availability, support/P1',
    )
    expect((await run(`a.yaml b.yaml --year 2026 -f ${format}`, {}, FILES)).out).not.toContain('only availability')
  })
})

describe('--only-different', () => {
  it('leaves out rows and history that are alike, and counts them; totals are those of the whole', async () => {
    const { rows, replay, comparison } = await json(`--only-different ${EVIDENCE}`)
    expect(rows).toEqual(['availability', 'support/P1/respond'])
    expect(replay).toEqual(rows)
    expect(comparison.leftOut).toBe(1)
    expect((await json('')).comparison).not.toHaveProperty('leftOut')
    for (const format of ['pretty', 'markdown', 'html']) {
      const { out } = await run(`a.yaml b.yaml --year 2026 --only-different -f ${format} ${EVIDENCE}`, {}, FILES)
      expect(out).toContain('1 row that is alike in all is left out')
      expect(out).toContain('1 equal')
      expect(out).toContain('3 promises broken')
      expect(out).not.toContain('P2 respond</')
    }
    const csv = await run(`a.yaml b.yaml --year 2026 --only-different -f csv ${EVIDENCE}`, {}, FILES)
    expect(csv.out).not.toMatch(/^(promise|history),support\/P2/m)
  })

  it('leaves out words without a number that are the same in all', async () => {
    const files = {
      'x.yaml': head('x') + tickets('P1: { respond: unstated }', 'P2: { respond: unstated }'),
      'y.yaml': head('y') + tickets('P1: { respond: unstated }', 'P2: { respond: 2h }'),
    }
    const { out } = await run('x.yaml y.yaml --year 2026 --only-different -f json', {}, files)
    const { rows, leftOut } = JSON.parse(out)
    expect([rows.map(({ key }: { key: string }) => key), leftOut]).toEqual([['support/P2/respond'], 1])
  })

  it('counts what is unchanged where a contract is held against itself', async () => {
    const { out, code } = await run('a.yaml a.yaml --year 2026 --only-different', {}, FILES)
    expect(code).toBe(0)
    expect(out).toContain('3 promises are unchanged: availability; Support: P1 respond, P2 respond')
    expect(out).toContain('= 3 unchanged')
    expect(out).not.toContain('nothing promised')
    const markdown = await run('a.yaml a.yaml --year 2026 --only-different -f markdown', {}, FILES)
    expect(markdown.out).toContain('3 unchanged')
    expect(markdown.out).toContain('_3 promises are unchanged._')
  })
})

describe('contracts that are the same', () => {
  it.each([
    ['pretty', /= 3 equal/g],
    ['markdown', /3 equal/g],
    ['html', /3 equal/g],
    ['csv', /,equal,/g],
    ['json', /"relation": "equal"/g],
  ])('five times over are equal in %s', async (format, equal) => {
    const { code, out } = await run(
      `a.yaml a.yaml a.yaml a.yaml a.yaml --year 2026 --fail-on weaker -f ${format}`,
      {},
      FILES,
    )
    expect(code).toBe(0)
    // One of each of the four others, or one of each of its three promises; pretty tells totals first and last.
    expect(out.match(equal)).toHaveLength({ pretty: 8, csv: 12, json: 12 }[format] ?? 4)
    expect(out).not.toMatch(/weaker|incomparable|★/)
  })

  it('and others are compared by the dozen, each with a column', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `c${i}`)
    const many = Object.fromEntries(names.map((name, i) => [`${name}.yaml`, head(name) + up(`${99 + (i % 3) / 10}%`)]))
    const words = `${names.map(name => `${name}.yaml`).join(' ')} --year 2026`
    const { code, out } = await run(`${words} -f json`, {}, many)
    expect(code).toBe(0)
    const { rows } = JSON.parse(out)
    const [row] = rows
    expect(rows).toHaveLength(1)
    // The first of three thirds is the base: equal to its own, weaker than the two others.
    expect(row.cells.map(({ relation }: { relation?: string }) => relation)).toEqual(
      names.map((_, i) => (i === 0 ? undefined : i % 3 === 0 ? 'equal' : 'stronger')),
    )
    expect(row.cells.map(({ best }: { best?: true }) => best === true)).toEqual(names.map((_, i) => i % 3 === 2))
    for (const format of ['pretty', 'html', 'markdown', 'csv']) {
      const page = await run(`${words} -f ${format}`, {}, many)
      expect(page.code).toBe(0)
      for (const name of names) expect(page.out).toContain(name)
    }
  })
})
