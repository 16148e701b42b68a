import { describe, expect, it } from 'vitest'
import { readingChoices } from '../../src/cli/pipeline.ts'
import { inspectFiles } from '../../src/evidence/inspect.ts'
import { fakeIo } from '../cli/fake-io.ts'
import { fixture } from './formats-findings-support.ts'
import { at, errorsOf, inDirectory, noStdin, read, zones } from './support.ts'

const TYPES = new Set(['vulnerability', 'scan'])

describe('--taken-at', () => {
  it('gives a time to files that tell none, the first glob that fits', async () => {
    const got = fixture('npm-audit/got.json')
    const takenAt = [
      { files: 'b.json', at: at('2026-05-02T00:00:00Z') },
      { at: at('2026-05-01T08:00:00+02:00') },
      { at: at('2026-05-03T00:00:00Z') },
    ]
    const { vulnerabilities, warnings } = await read({ 'a.json': got, 'b.json': got }, { types: TYPES, takenAt })
    expect(vulnerabilities.scans.map(({ at: when }) => when.earliest)).toEqual([
      at('2026-05-01T06:00:00Z'),
      at('2026-05-02T00:00:00Z'),
    ])
    expect(warnings.map(({ code }) => code)).toEqual(['no-project', 'no-project'])
  })

  it('changes nothing for files that tell their time', async () => {
    const { vulnerabilities } = await read(
      { 'a.json': fixture('trivy/alpine-39.json') },
      { types: TYPES, takenAt: [{ at: at('2026-05-01T00:00:00Z') }] },
    )
    expect(vulnerabilities.scans.map(({ at: when }) => when.earliest)).toEqual([at('2021-08-25T12:20:30Z')])
  })

  it('warns of a glob that fits no file', async () => {
    const takenAt = [{ files: 'audit-*.json', at: at('2026-05-01T00:00:00Z') }]
    const expected = '--taken-at: no file fits "audit-*.json": it is not used'
    const file = { 'a.json': fixture('trivy/alpine-39.json') }
    const { warnings } = await read(file, { types: TYPES, takenAt })
    expect(warnings.map(({ severity, message }) => [severity, message])).toEqual([['warning', expected]])
    const [inspected] = await inDirectory(file, directory => inspectFiles([directory], { takenAt }, zones, noStdin))
    expect(inspected?.problems.map(({ message }) => message)).toEqual([expected])
  })

  it('takes an instant with an offset, or a glob and one', async () => {
    const io = fakeIo()
    const choices = await readingChoices(
      { takenAt: ['2026-05-01T08:00:00+02:00', 'scans/*/a=b-*.json=2026-05-02T00:00:00.5Z'] },
      io,
    )
    expect(choices.takenAt).toEqual([
      { at: at('2026-05-01T06:00:00Z') },
      { files: 'scans/*/a=b-*.json', at: at('2026-05-02T00:00:00.500Z') },
    ])
  })

  it('takes a time of the zone that is said, the first of two, moved where there is none', async () => {
    const texts = ['2026-05-01T08:00', 'a.json=2026-10-25T02:30:00', 'b.json=2026-03-29T02:30:00']
    const { takenAt } = await readingChoices({ takenAt: texts, tz: 'Europe/Paris' }, fakeIo())
    expect(takenAt?.map(one => [one.at, one.note])).toEqual([
      [at('2026-05-01T06:00:00Z'), undefined],
      [at('2026-10-25T00:30:00Z'), expect.stringContaining('the earlier of two instants')],
      [at('2026-03-29T01:30:00Z'), expect.stringContaining('the clock skips this time')],
    ])
    const file = { 'a.json': fixture('trivy/alpine-39.json') }
    const { warnings } = await read(file, {
      types: TYPES,
      ...(takenAt === undefined ? {} : { takenAt: takenAt.slice(1, 2) }),
    })
    expect(warnings.map(({ code }) => code)).toEqual(['doubtful-time'])
  })

  it('before the newest backup of a listing is one error, of the option', async () => {
    const file = { 'a.json': fixture('restic/nightly/2026-04-12T0405.json') }
    const options = { types: new Set(['backup', 'inventory']), takenAt: [{ at: at('2026-04-10T12:00:00Z') }] }
    // Snapshots of 6 to 12 April, 04:00 in Paris: those of the 11th and 12th are newer.
    expect((await errorsOf(file, options)).map(({ code, message }) => [code, message])).toEqual([
      [
        'taken-at-too-early',
        '--taken-at 2026-04-10T12:00:00Z: 2 backups of this listing are newer, the newest of 2026-04-12T02:00:00Z',
      ],
    ])
  })

  it('after the instant of the audit is said', async () => {
    const file = { 'a.json': fixture('restic/nightly/2026-04-12T0405.json') }
    const options = { types: new Set(['backup', 'inventory']), takenAt: [{ at: at('2026-04-12T12:00:00Z') }] }
    const { warnings } = await read(file, { ...options, asOf: at('2026-04-12T11:00:00Z') })
    expect(warnings.map(({ code, message }) => [code, message])).toEqual([
      [
        'later-listing',
        'all 7 rows of this listing are later than --as-of, 2026-04-12T11:00:00Z: nothing of it is used',
      ],
    ])
    const then = await read(file, { ...options, asOf: at('2026-04-12T12:00:00Z') })
    expect(then.warnings.map(({ code }) => code)).toEqual(['listing-taken-complete'])
  })

  it.each([
    ['2026-05-01T08:00:00', '--taken-at: "2026-05-01T08:00:00" has no offset'],
    ['a.json=2026-05-01', '--taken-at: "2026-05-01" has no time'],
    ['yesterday', '--taken-at: "yesterday" isn\'t a time'],
    ['=2026-05-01T08:00:00Z', '--taken-at: "=2026-05-01T08:00:00Z" has nothing before the "="'],
    ['2026-05-01T08:00:00Z=a.json', '--taken-at: "a.json" isn\'t a time'],
  ])('%s is a usage error', async (text, message) => {
    const io = fakeIo()
    await expect(readingChoices({ takenAt: [text] }, io)).rejects.toMatchObject({
      code: 'sla.usage',
      message: expect.stringContaining(message),
      hint: expect.stringContaining('[GLOB=]INSTANT'),
    })
  })
})
