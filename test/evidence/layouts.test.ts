import { describe, expect, it } from 'vitest'
import { mapping, TICKETS, ticketsOf } from './formats-support.ts'
import { errorsOf, read, short } from './support.ts'

const row = (id: string): string => `{"id":"${id}","priority":"P1","opened_at":"2026-05-01T10:00:00Z"}`
const ids = async (content: string): Promise<readonly string[]> =>
  Object.keys(ticketsOf(await read({ 'a.json': content }, { types: TICKETS }))).sort()

describe('documents', () => {
  it.each([
    ['a list opened on the first line', `{"records":[\n${row('A')},\n${row('B')}\n]}`],
    ['a list begun on the first line', `{"n": "[", "records": [${row('A')},\n${row('B')}]}\n`],
    ['the first line of lists in lists', `[\n${row('A')},\n${row('B')}\n]`],
    ['lines', `${row('A')}\n${row('B')}\n`],
  ])('are told by %s', async (_, content) => {
    expect(await ids(content)).toEqual(['A', 'B'])
  })

  it('are not told by a first line that is broken', async () => {
    const wrong = await errorsOf({ 'a.json': `{"id":"A",\n${row('B')}\n` }, { types: TICKETS })
    expect(wrong.map(short)).toEqual([expect.stringMatching(/^1:\d+ this record is not valid JSON$/)])
  })

  it('that are a list have no other list that could be meant', async () => {
    const issue = { number: 1, title: 'x', labels: [{ name: 'P1' }] }
    const [wrong] = await errorsOf({ 'a.json': JSON.stringify([issue]) }, { types: TICKETS })
    expect(wrong?.message).toBe('the header fits no record type: "number", "title", "labels"')
    const [inside] = await errorsOf({ 'a.json': JSON.stringify({ data: [issue] }) }, { types: TICKETS })
    expect(inside?.message).toBe('the list of this document stands under "data", which is not known')
  })
})

describe('two rows of one ticket', () => {
  const rows = (first: string, second: string): string => `id,priority,opened_at,note\n${first}\n${second}\n`

  it('are equal if their stamps are the same instants', async () => {
    const content = rows('A,P1,2026-05-01T08:00:00Z,x', 'A,P1,2026-05-01T10:00:00+02:00,x')
    const evidence = await read({ 'a.csv': content }, { types: TICKETS })
    expect(evidence.inputs[0]?.counts).toMatchObject([{ rows: 2, used: 1, duplicates: 1 }])
    expect(ticketsOf(evidence).A?.flaw).toBeUndefined()
  })

  it.each([
    ['their instants', '2026-05-01T10:00:00Z,x'],
    ['other cells', '2026-05-01T08:00:00Z,2026-05-01T08:00:00Z'],
  ])('differ by %s', async (_, end) => {
    const content = rows('A,P1,2026-05-01T08:00:00Z,2026-05-01T10:00:00+02:00', `A,P1,${end}`)
    const evidence = await read({ 'a.csv': content }, { types: TICKETS })
    expect(ticketsOf(evidence).A?.flaw?.reason).toBe('repeated-id')
  })
})

describe('stamps without a zone', () => {
  const content = [
    'id,priority,opened_at,resolved_at',
    ...Array.from({ length: 30 }, (_, i) => `T-${i},P1,2026-05-01 10:00,2026-05-01`),
    ',P1,2026-05-01 10:00,',
  ].join('\n')
  const together = 'opened_at: stamp without an offset: "2026-05-01 10:00", the first of 61 that need a time zone'

  it('are one error of a file, beside others', async () => {
    const wrong = await errorsOf({ 'a.csv': content }, { types: TICKETS })
    expect(wrong.map(short)).toEqual([
      `2:8 ${together} | say its zone, such as --tz Europe/Paris`,
      "32:1 id is blank: expected the ticket's id",
    ])
  })

  it('are one warning where bad rows are left out, and every row is counted', async () => {
    const evidence = await read({ 'a.csv': content }, { types: TICKETS, onBadRow: 'skip' })
    expect(evidence.warnings.filter(({ code }) => code === 'no-zone').map(({ message }) => message)).toEqual([together])
    expect(evidence.inputs[0]?.counts).toMatchObject([{ rows: 31, used: 0, skipped: 31 }])
  })
})

describe('a mapping file for other files', () => {
  const map = mapping('files: "exports/*.csv"\ncolumns: { Nummer: id, Stufe: priority, Wann: opened_at }\n')

  it('is said beside what is wrong with the file', async () => {
    const wrong = await errorsOf(
      { 'a.csv': 'Nummer,Stufe,Wann\nA,P1,2026-05-01T10:00:00Z\n' },
      { types: TICKETS, ...map },
    )
    expect(wrong.map(({ severity, code }) => [severity, code])).toEqual([
      ['warning', 'mapping-unused'],
      ['error', 'unknown-type'],
    ])
    expect(wrong[0]?.span?.file).toBe('map.yaml')
  })

  it('is said of files that are read without it, not where one of them fits', async () => {
    const content = `[${row('A')}]`
    const unused = await read({ 'a.json': content }, { types: TICKETS, ...map })
    expect(unused.warnings.map(({ code }) => code)).toEqual(['mapping-unused'])
    const used = await read({ 'a.json': content }, { types: TICKETS, ...mapping('files: "*.json"\n') })
    expect(used.warnings).toEqual([])
  })
})
