import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nearestIds } from '../../src/cli/finding-ids.ts'
import { main } from '../../src/cli/main.ts'
import { fakeIo } from './fake-io.ts'

const CONTRACT = `apiVersion: sla/v1
kind: Contract
id: acme
timezone: Europe/Paris
clauses:
  uptime:
    kind: availability
    target: 99.5%
    window: calendar month
    no-data: unknown
`

let directory = ''
let outages = ''

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sla-audit-'))
  outages = join(directory, 'outages.csv')
  // 2h 30m and 1h 50m in May: 4h 20m of 744 h, 3h 43m 12s allowed. Nothing in June.
  await writeFile(
    outages,
    [
      'id,start,end',
      'OUT-17,2026-05-02T01:12:00+02:00,2026-05-02T03:42:00+02:00',
      'OUT-23,2026-05-19T14:05:00+02:00,2026-05-19T15:55:00+02:00',
      '',
    ].join('\n'),
  )
})

afterAll(() => rm(directory, { recursive: true, force: true }))

async function run(argv: readonly string[], env: Record<string, string> = {}) {
  const io = fakeIo({ 'acme.yaml': CONTRACT }, env)
  const code = await main(argv, io)
  return { code, out: io.out.join(''), err: io.err.join(''), files: io.files }
}

const may = ['--period', '2026-05', '--as-of', '2026-06-02T09:00:00+02:00', '--assume-complete', 'maintenance']

describe('audit', () => {
  it('reports a breach: 1, the report on stdout', async () => {
    const { code, out, err } = await run(['audit', 'acme.yaml', outages, ...may])
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(out).toContain('✖ breached  uptime  99.41 %  ≥ 99.5 % a calendar month  36m 48s over the allowance\n')
    expect(out).toContain('as of 2026-06-02T09:00:00+02:00')
  })

  it('leaves out the dates of the contract on request, says so, and how to repeat it', async () => {
    const dated = CONTRACT.replace('clauses:', 'term: { from: 2024-01-01, to: 2024-12-31 }\nclauses:')
    const at = async (...more: readonly string[]) => {
      const io = fakeIo({ 'acme.yaml': dated })
      const code = await main(
        ['audit', 'acme.yaml', outages, ...may, '-o', 'out/r.html', '-o', 'out/r.md', ...more],
        io,
      )
      return { code, out: io.out.join(''), err: io.err.join(''), files: io.files }
    }
    const inside = await at()
    expect([inside.code, inside.out.includes('term ignored'), inside.err]).toEqual([0, false, ''])
    const { code, out, err, files } = await at('--ignore-term')
    expect(code).toBe(1)
    expect(out).toContain('2026-05, term ignored · Europe/Paris')
    expect(err).toContain('the term of the contract (1 Jan 2024 – 31 Dec 2024) is ignored')
    const again = /sla explain uptime\/2026-05 acme.yaml .* --ignore-term/
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(again)
    expect(files.get('out/r.html')).toContain('2026-05, term ignored')
    expect(files.get('out/r.md')).toContain('2026-05, term ignored')
  })

  it('takes the exit code from --fail-on', async () => {
    const base = ['audit', 'acme.yaml', outages, ...may]
    expect((await run([...base, '--fail-on', 'never'])).code).toBe(0)
    expect((await run(base, { SLA_FAIL_ON: 'never' })).code).toBe(0)
    expect((await run([...base, '--fail-on', 'breached'], { SLA_FAIL_ON: 'never' })).code).toBe(1)
    expect((await run(['audit', 'acme.yaml', ...may, '--fail-on', 'unverified'])).code).toBe(4)
    expect((await run(['audit', 'acme.yaml', ...may])).code).toBe(0)
    expect(
      (await run(['audit', 'acme.yaml', ...may, '--assume-complete', 'outage', '--fail-on', 'unverified'])).code,
    ).toBe(0)
  })

  it('prints as of when it knows, now unless told', async () => {
    // The outside world says 2 June 2026 09:00 in Paris.
    const { out } = await run(['audit', 'acme.yaml', outages, '--period', '2026-05', '-f', 'json'])
    expect(JSON.parse(out)).toMatchObject({ asOf: 1_780_383_600_000, tool: { version: '9.9.9' } })
  })

  it('writes files beside stdout, each in its format', async () => {
    const argv = ['audit', 'acme.yaml', outages, ...may, '-o', 'report.json', '-o', 'out/report.txt', '--color']
    const { out, files } = await run(argv)
    expect(JSON.parse(files.get('report.json') ?? '')).toMatchObject({ summary: { status: 'breached' } })
    expect(files.get('out/report.txt')).toMatch(/^acme /)
    expect(files.get('out/report.txt')).not.toContain('\u001b')
    expect(out).toContain('\u001b[31m')
  })

  it('lists what falls due when asked', async () => {
    const works = join(directory, 'works.csv')
    // Two hours over its planned end at 10:00, told to nobody: due within 4 hours of it, at 14:00.
    await writeFile(
      works,
      'id,start,planned_start,planned_end,end,overrun_notified_at\nMW-1,2026-06-02T08:00:00+02:00,2026-06-02T08:00:00+02:00,2026-06-02T10:00:00+02:00,,\n',
    )
    const contract = CONTRACT.replace(
      /clauses:[\s\S]*/,
      'clauses:\n  work: { kind: maintenance, overrun: { notify-within: 4h } }\n',
    )
    const io = (env: Record<string, string> = {}) => fakeIo({ 'acme.yaml': contract }, env)
    const argv = ['audit', 'acme.yaml', works, '--period', '2026-06', '--as-of', '2026-06-02T12:00:00+02:00']
    const two = io()
    expect(await main([...argv, '--upcoming', '2h'], two)).toBe(0)
    expect(two.out.join('')).toContain('\nDue by Tue 2 Jun 14:00\n  … pending  2h left  Tue  2 Jun 14:00  work')
    const less = io()
    expect(await main([...argv, '--upcoming', '119min'], less)).toBe(0)
    expect(less.out.join('')).toContain('\nDue by Tue 2 Jun 13:59: nothing\n')
    const days = io({ SLA_UPCOMING: '1 day' })
    expect(await main([...argv, '-f', 'json'], days)).toBe(0)
    const { upcoming } = JSON.parse(days.out.join(''))
    expect(upcoming.until).toBe(Date.parse('2026-06-03T12:00:00+02:00'))
    expect(upcoming.items).toMatchObject([
      { clause: 'work', due: Date.parse('2026-06-02T14:00:00+02:00'), status: 'pending' },
    ])
    const none = io()
    await main([...argv, '-f', 'json'], none)
    expect(JSON.parse(none.out.join(''))).not.toHaveProperty('upcoming')
  })

  it('takes local days of the contract for --upcoming, and says what it does not take', async () => {
    const until = async (asOf: string, text: string): Promise<number> => {
      const { out } = await run([
        'audit',
        'acme.yaml',
        outages,
        ...may.slice(0, 2),
        '--as-of',
        asOf,
        '--upcoming',
        text,
        '-f',
        'json',
      ])
      return JSON.parse(out).upcoming.until
    }
    // The clock goes back in Paris on 25 October 2026.
    const eve = '2026-10-24T12:00:00+02:00'
    expect(await until(eve, '1 day')).toBe(Date.parse('2026-10-25T12:00:00+01:00'))
    expect(await until(eve, '24h')).toBe(Date.parse('2026-10-25T11:00:00+01:00'))
    const refused = async (text: string) => run(['audit', 'acme.yaml', outages, ...may, '--upcoming', text])
    expect(await refused('7')).toMatchObject({ code: 2, err: expect.stringContaining('--upcoming "7 days"') })
    expect(await refused('2 business days')).toMatchObject({
      code: 2,
      err: expect.stringContaining('needs a calendar'),
    })
    expect(await refused('soon')).toMatchObject({ code: 2, err: expect.stringContaining('--upcoming: ') })
  })

  it('sends warnings to stderr once, unless quiet', async () => {
    const june = [
      'audit',
      'acme.yaml',
      outages,
      '--period',
      '2026-06',
      '--as-of',
      '2026-07-02T09:00:00+02:00',
      '--assume-complete',
      'maintenance',
    ]
    const { err, out } = await run(june)
    expect(err).toMatch(/^warning {2}.*\n[\s\S]*\n1 warning\n$/)
    expect(out).not.toContain('warning')
    expect((await run([...june, '-q'])).err).toBe('')
    expect((await run([...june, '--fail-on', 'warnings'])).code).toBe(4)
  })

  it('calls evidence that is not there bad input, even when a breach is certain', async () => {
    const { code, out, err } = await run(['audit', 'acme.yaml', outages, join(directory, 'nothing-*.csv'), ...may])
    expect({ code, out }).toEqual({ code: 3, out: '' })
    expect(err).toContain('no file matches')
  })
})

describe('explain', () => {
  const audited = () => ['acme.yaml', outages, ...may]

  it('prints one finding in full, or all of a clause', async () => {
    const { code, out } = await run(['explain', 'uptime/2026-05', ...audited()])
    expect(code).toBe(0)
    expect(out).toContain('Promise  ≥ 99.5 % a calendar month (acme.yaml:6)\n')
    expect(out).toContain('change  36m 48s less downtime would have kept it\n')
    expect((await run(['explain', 'uptime', ...audited()])).out).toBe(out)
    const json = await run(['explain', 'uptime/2026-05', ...audited(), '-f', 'json'])
    expect(JSON.parse(json.out)).toMatchObject([{ id: 'uptime/2026-05', status: 'breached' }])
    expect(json.out).toBe(`${JSON.stringify(JSON.parse(json.out), null, 2)}\n`)
    const year = [
      'acme.yaml',
      outages,
      '--period',
      '2026-Q2',
      '--as-of',
      '2026-07-02T09:00:00+02:00',
      '--assume-complete',
      'maintenance,outage',
    ]
    const all = JSON.parse((await run(['explain', 'uptime', ...year, '-f', 'json'])).out)
    expect(all.map(({ id }: { id: string }) => id)).toEqual(['uptime/2026-04', 'uptime/2026-05', 'uptime/2026-06'])
    const shown = (await run(['explain', 'uptime', ...year])).out
    expect(shown.match(/^\S uptime\/2026-0\d {2}/gm)).toHaveLength(3)
    expect(shown).toContain('\n\n✖ uptime/2026-05  breached')
  })

  it('names the same window of every service', () => {
    const months = ['03', '04', '05', '06', '07'].map(month => `uptime/api/2026-${month}`)
    const ids = [
      ...months,
      'uptime/web/2026-05',
      'uptime/web/2026-06',
      'errors/api/2026-05',
      'uptime/data-base/2026-05',
    ]
    const found = nearestIds('uptime/2026-05', ids)
    expect(found.slice(0, 3)).toEqual(['uptime/api/2026-05', 'uptime/web/2026-05', 'uptime/data-base/2026-05'])
    expect(found).toHaveLength(5)
    const many = Array.from({ length: 12 }, (_, i) => `uptime/service-${i}/2026-05`)
    expect(nearestIds('uptime/2026-05', [...many, 'uptime/service-1/2026-04']).slice(0, 12)).toEqual(many)
  })

  it('names first the findings about what was named, then those that hold it as a part', () => {
    const ids = [
      'uptime/2026-05',
      'tickets/P1-respond/T4',
      'tickets/P1-respond/T44',
      'tickets/P1-resolve/T4',
      'T4/web/1',
    ]
    expect(nearestIds('T4', ids)).toEqual(['tickets/P1-respond/T4', 'tickets/P1-resolve/T4'])
    expect(nearestIds('web', ids)).toEqual(['T4/web/1'])
    expect(nearestIds('P1-respond', [...ids, 'rates/P1-respond'])).toEqual([
      'rates/P1-respond',
      'tickets/P1-respond/T4',
      'tickets/P1-respond/T44',
    ])
  })

  it('names the nearest ids of one that does not exist: 2', async () => {
    const { code, out, err } = await run(['explain', 'uptime/2026-06', ...audited()])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toBe('error: no finding "uptime/2026-06" in this audit\nnearest: uptime/2026-05\n')
  })
})

describe('inspect', () => {
  it('says how a file is read', async () => {
    const { code, out, err } = await run(['inspect', outages, '--width', '120'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const lines = out.split('\n')
    expect(lines.slice(1)).toEqual([
      '  format   csv, separated by commas, 131 bytes',
      '  outage   2 rows',
      '  columns  start, end, id',
      '  zone     every stamp has its offset',
      '  first    2026-05-01T23:12:00Z',
      '  last     2026-05-19T12:05:00Z',
      '',
    ])
    expect(JSON.parse((await run(['inspect', outages, '-f', 'json'])).out)).toMatchObject([
      { file: outages, format: 'csv' },
    ])
  })

  it('shows what is wrong, and fails where something is', async () => {
    const bad = join(directory, 'bad.csv')
    await writeFile(bad, 'start,end,severity\n2026-05-02T01:12:00,2026-05-02,full\n')
    const wrong = await run(['inspect', bad])
    expect(wrong.code).toBe(3)
    expect(wrong.out).toContain('error  ')
    const binary = join(directory, 'binary.csv')
    await writeFile(binary, 'a\0b')
    expect((await run(['inspect', binary])).code).toBe(3)
    expect((await run(['inspect', join(directory, 'none.csv')])).code).toBe(3)
  })
})
