import { describe, expect, it } from 'vitest'
import { errorsOf, read, short } from './support.ts'
import { TYPES } from './vulnerabilities-support.ts'

const row = (outcome: string): string => `id,time,asset,outcome\ns1,2026-05-02T00:00:00Z,web,${outcome}\n`
const succeeded = async (outcome: string): Promise<unknown> =>
  (await read({ 'scan.csv': row(outcome) }, { types: TYPES })).vulnerabilities.scans.map(scan => scan.succeeded)
const HINT = 'expected success, failed, partial, running or another word of these; blank while it runs'

describe('the outcome of a scan', () => {
  it.each(['success', 'Succeeded', 'OK', 'passed', 'completed', 'complete', 'done'])(
    '%s says that it did',
    async word => {
      expect(await succeeded(word)).toEqual([true])
    },
  )

  it.each([
    'failed',
    'failure',
    'error',
    'errored',
    'cancelled',
    'canceled',
    'aborted',
    'partial',
    'incomplete',
    'timeout',
    'Timed out',
    'timed-out',
    'skipped',
    'running',
    'pending',
    '',
  ])('"%s" says that it did not', async word => {
    expect(await succeeded(word)).toEqual([false])
  })

  it('may be not known', async () => {
    expect(await succeeded('?')).toEqual([undefined])
  })

  it.each([
    ['sucess', 'outcome "sucess": did you mean "success"?'],
    ['timd out', 'outcome "timd out": did you mean "timed out"?'],
    ['green', 'outcome "green": no known word'],
  ])('%s is a bad row', async (word, message) => {
    const errors = await errorsOf({ 'scan.csv': row(word) }, { types: TYPES })
    expect(errors.map(short)).toEqual([`2:29 ${message} | ${HINT}`])
  })

  it('leaves a scan with another word out where bad rows may be', async () => {
    const { inputs, vulnerabilities } = await read({ 'scan.csv': row('sucess') }, { types: TYPES, onBadRow: 'skip' })
    expect([vulnerabilities.scans.length, inputs[0]?.counts[0]?.skipped]).toEqual([0, 1])
  })
})

describe('short headers', () => {
  const warned = async (header: string, cells: string, types = TYPES): Promise<readonly string[]> =>
    (await read({ 'a.csv': `${header}\n${cells}\n` }, { types })).warnings.map(short)
  const doubt = (header: string, column: string): string =>
    `column "${header}" is not known and not used: did you mean "${column}"? | rename it, or map it with --map`

  it('that lack a letter of a column, or have one too many, are warned of', async () => {
    expect(await warned('id,asset,cvs', 'CVE-2026-1,web,9.8')).toEqual([`1:10 ${doubt('cvs', 'cvss')}`])
  })

  it('that are another word are not, nor are those beside the column itself', async () => {
    expect(await warned('id,asset,env,tag,kvm', 'CVE-2026-1,web,prod,a,b')).toEqual([])
    expect(await warned('id,asset,cvs,cvss', 'CVE-2026-1,web,a,9.8')).toEqual([])
  })

  it('that are longer are errors', async () => {
    const errors = await errorsOf({ 'a.csv': 'id,asset,severty\nCVE-2026-1,web,high\n' }, { types: TYPES })
    expect(errors.map(short)).toEqual([
      '1:10 unknown column "severty": did you mean "severity"? | rename it, or map it with --map',
    ])
  })
})
