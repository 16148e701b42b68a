import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { TOOL_RECORDS } from '../../src/cli/tool-records.ts'
import { CONVERTERS, DOCUMENTS, PRESETS, TABLES } from '../../src/evidence/formats/index.ts'
import { inspectFiles } from '../../src/evidence/inspect.ts'
import { TYPE_NAMES } from '../../src/evidence/types/names.ts'
import { formats } from '../../src/report/index.ts'
import { makeZones } from '../../src/time/zone.ts'
import { fakeIo } from './fake-io.ts'

async function run(argv: readonly string[]) {
  const io = fakeIo()
  const code = await main(argv, io)
  return { code, out: io.out.join(''), err: io.err.join('') }
}

const titles = [...PRESETS, ...TABLES, ...CONVERTERS, ...DOCUMENTS].map(({ title }) => title)

describe('formats', () => {
  it('lists every record type, every export and every report format, as JSON too', async () => {
    const { code, out, err } = await run(['formats', '-f', 'json'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const { inputs, outputs } = JSON.parse(out)
    const names = (list: readonly { readonly type: string }[]) => list.map(({ type }) => type)
    expect(names(inputs.records).sort()).toEqual([...TYPE_NAMES].sort())
    expect(inputs.tools.map(({ title }: { title: string }) => title).sort()).toEqual([...titles].sort())
    for (const { types } of inputs.tools) for (const type of types) expect(TYPE_NAMES).toContain(type)
    expect(outputs.map(({ name }: { name: string }) => name)).toEqual(Object.keys(formats))
    expect(inputs.records.find(({ type }: { type: string }) => type === 'outage').required).toEqual(['start', 'end'])
  })

  it.each([60, 80, 120])('keeps to %i columns', async width => {
    const { out } = await run(['formats', '--width', String(width)])
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(width)
    expect(out).toMatch(/^ {2}html +\.html \.htm/m)
    expect(out).toMatch(/^ {2}github +annotations/m)
    for (const title of titles) expect(out).toContain(title.split(' ').slice(0, 2).join(' '))
  })

  it('tells what exports become as they are read', async () => {
    const folder = 'test/fixtures'
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map(file => join(folder, file))
      .filter(file => statSync(file).isFile() && !file.endsWith('.md') && !file.includes('/cvss/'))
    const choices = { timezone: 'UTC', takenAt: [{ at: Date.UTC(2027, 0, 1) }] }
    const { stdin } = fakeIo()
    const found = new Map<string, Set<string>>()
    for (const { tool, types } of await inspectFiles(files, choices, makeZones(), { stdin })) {
      if (tool === undefined) continue
      const seen = found.get(tool.title) ?? new Set()
      for (const { type, read } of types) if (read) seen.add(type)
      found.set(tool.title, seen)
    }
    expect(found.size).toBeGreaterThan(35)
    expect(Object.keys(TOOL_RECORDS).sort()).toEqual([...titles].sort())
    for (const [title, types] of found) {
      const untold = [...types].filter(type => !TOOL_RECORDS[title]?.includes(type))
      expect({ title, untold }).toEqual({ title, untold: [] })
    }
    // What no file of the fixtures becomes would be a promise without proof; a rare one is known of CycloneDX.
    const unseen = Object.entries(TOOL_RECORDS).flatMap(([title, types]) =>
      types.filter(type => !found.get(title)?.has(type)).map(type => `${title}: ${type}`),
    )
    expect(unseen).toEqual(['CycloneDX BOM with vulnerabilities (JSON): advisory'])
  })
})
