import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { loadWaivers } from '../../src/contract/waivers.ts'
import { InputError } from '../../src/model/diagnostic.ts'

const HEAD = 'apiVersion: sla/v1\nkind: Waivers\n'
const entry = (fields: string) => `${HEAD}waivers:\n  - ${fields.replaceAll('\n', '\n    ')}\n`
const WHOLE = 'finding: uptime/2026-05\nreason: agreed\napprover: J. Doe\nuntil: 2026-06-30'

function load(text: string | Uint8Array, contract = 'acme') {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  return loadWaivers({ file: 'w.yaml', bytes }, contract)
}

/** `line:column+length code: message (hint)` of all that is wrong. */
function refused(text: string): readonly string[] {
  try {
    load(text)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return error.diagnostics.map(({ code, message, span, hint }) => {
      return `${span?.line}:${span?.column}+${span?.length} ${code}: ${message}${hint === undefined ? '' : ` (${hint})`}`
    })
  }
  return []
}

describe('a waiver file', () => {
  it('is read with the place of each entry and the digest of its bytes', () => {
    const text = entry(WHOLE)
    const { file, sha256, entries } = load(text)
    expect({ file, sha256 }).toEqual({ file: 'w.yaml', sha256: createHash('sha256').update(text).digest('hex') })
    expect(entries).toEqual([
      {
        finding: 'uptime/2026-05',
        reason: 'agreed',
        approver: 'J. Doe',
        until: '2026-06-30',
        // Days from 1970-01-01: 56 years with 14 leap days, then 31 + 28 + 31 + 30 + 31 + 29.
        lastDay: 56 * 365 + 14 + 180,
        span: { file: 'w.yaml', line: 4, column: 14, length: 14 },
        frame: { line: 3, lines: ['waivers:', '  - finding: uptime/2026-05', '    reason: agreed'] },
      },
    ])
  })

  it('may be JSON, name its contract, and hold nothing', () => {
    const json = { apiVersion: 'sla/v1', kind: 'Waivers', contract: 'acme', waivers: [] }
    expect(load(JSON.stringify(json)).entries).toEqual([])
  })

  it('takes prose of several lines as one, and blanks around it away', () => {
    const text = entry(
      'finding: "  up/* "\nreason: |\n  the  customer\n  asked\napprover: " J. Doe"\nuntil: "2026-06-30 "',
    )
    expect(load(text).entries).toMatchObject([
      { finding: 'up/*', reason: 'the customer asked', approver: 'J. Doe', until: '2026-06-30' },
    ])
  })

  it.each([
    [
      `${HEAD}contract: boreal\nwaivers: []`,
      '3:11+6 other-contract: these are waivers for the contract "boreal", not for "acme"',
    ],
    [entry(WHOLE.replace('agreed', "' '")), "5:13+3 bad-value: a reason can't be blank"],
    [entry(WHOLE.replace('J. Doe', '""')), "6:15+2 bad-value: a name can't be blank"],
    [
      entry(WHOLE.replace('uptime/2026-05', '" "')),
      "4:14+3 bad-value: the finding can't be blank (write an id as reports print it)",
    ],
    [entry(WHOLE.replace('2026-06-30', '2026-02-29')), '7:12+10 bad-value: there is no date 2026-02-29'],
    [
      entry(WHOLE.replace('2026-06-30', '30.6.2026')),
      '7:12+9 bad-value: "30.6.2026" isn\'t a date (write such as 2026-06-30)',
    ],
    [
      entry(WHOLE.replace('2026-06-30', '2026-06-30T00:00:00Z')),
      '7:12+20 bad-value: "2026-06-30T00:00:00Z" isn\'t a date (a waiver holds to the end of a day: write the date alone)',
    ],
    [entry(WHOLE.replace('reason', 'raeson')), '5:5+6 unknown-key: unknown key `raeson` (did you mean `reason`?)'],
    [
      entry(WHOLE.replace('\nuntil: 2026-06-30', '')),
      '4:5+0 missing-key: `until` is missing (expected a date, such as 2026-06-30)',
    ],
    [
      entry(WHOLE.replace('uptime/2026-05', '*/2026-05')),
      '4:14+9 yaml-alias: there is no anchor &/2026-05 before this alias (a pattern that begins with * needs quotes: "*/2026-05")',
    ],
    ['', '1:1+0 empty: the file is empty (start with apiVersion: sla/v1 and kind: Waivers)'],
    [
      'apiVersion: sla/v1\nkind: Waiver\nwaivers: []',
      '2:7+6 bad-value: expected Waivers, got "Waiver" (did you mean Waivers?)',
    ],
  ])('%j is refused', (text, expected) => {
    expect(refused(text)).toEqual([expected])
  })

  it('says everything that is wrong at once, in the order of the file', () => {
    const text = `${HEAD}contract: boreal\nwaivers:\n  - finding: a\n    reason: ''\n    approver: b\n    until: x\n  - find: a\n`
    expect(refused(text).map(line => line.split(': ')[0])).toEqual([
      '3:11+6 other-contract',
      '6:13+2 bad-value',
      '8:12+1 bad-value',
      '9:5+0 missing-key',
      '9:5+0 missing-key',
      '9:5+0 missing-key',
      '9:5+0 missing-key',
      '9:5+4 unknown-key',
    ])
  })
})
