import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { makeDocumentRows } from '../../src/evidence/document-rows.ts'
import type { DocumentTool } from '../../src/evidence/formats/format.ts'
import { CONVERTERS, DOCUMENTS } from '../../src/evidence/formats/index.ts'
import { inspectFiles } from '../../src/evidence/inspect.ts'
import type { Flaw, Place } from '../../src/evidence/problems.ts'
import type { RowSource } from '../../src/evidence/rows.ts'
import { fixture } from './formats-findings-support.ts'
import { readFixtures } from './formats-support.ts'
import { errorsOf, inDirectory, noStdin, read, short, zones } from './support.ts'

const FILES: Readonly<Record<string, string>> = {
  'trivy/alpine-39.json': 'trivy',
  'trivy/alpine-310.json': 'trivy',
  'trivy/npm-suppressed.json': 'trivy',
  'trivy/tomcat-v4.json': 'trivy',
  'grype/log4j-kev.json': 'grype',
  'grype/rapid-reset.json': 'grype',
  'grype/dated.json': 'grype',
  'osv/guzzle-flot.json': 'osv-scanner',
  'snyk/container.json': 'snyk',
  'npm-audit/debug.json': 'npm-audit',
  'npm-audit/got.json': 'npm-audit',
  'npm-audit/npm6.json': 'npm-audit',
  'sarif/runs.sarif': 'sarif',
  'cyclonedx/bom.json': 'cyclonedx',
  'openvex/multiple.json': 'openvex',
  'defectdojo/findings.json': 'defectdojo',
  'dependency-track/with_state.json': 'dependency-track',
  'nvd/cves.json': 'nvd',
  'kev/known_exploited_vulnerabilities.json': 'kev',
  'dependabot/alerts.json': 'dependabot',
}
const TAKEN = '2026-05-01T06:00:00Z'
const VULNERABILITIES = new Set(['vulnerability', 'scan', 'score', 'epss', 'known-exploited', 'vex', 'advisory'])

interface Delivered {
  readonly rows: readonly Readonly<Record<string, string>>[]
  readonly lines: readonly number[]
  readonly items: readonly number[]
  readonly leftOut: readonly string[]
  readonly flaws: readonly string[]
  /** Types that the file tells of, if only that there are none. */
  readonly supplied: readonly string[]
  readonly source: RowSource
  /** Whether the bytes went to the ordinary reader. */
  readonly passedOn: string | undefined
}

/** What a document brings to a sink, given in pieces of some bytes. */
function deliver(text: string | Buffer, tools: readonly DocumentTool[] = DOCUMENTS, piece = 1000): Delivered {
  const rows: Record<string, string>[] = []
  const [lines, items]: [number[], number[]] = [[], []]
  const [leftOut, flaws, supplied]: [string[], string[], string[]] = [[], [], []]
  let names: readonly string[] = []
  let stopped = false
  let passedOn: string | undefined
  const said = ({ message, place }: Flaw): void => {
    const at: Place | undefined = typeof place === 'function' ? place() : place
    flaws.push(`${at?.line}:${at?.column} ${message}`)
  }
  const source = makeDocumentRows(
    {
      tools,
      context: { takenAt: TAKEN, warn: () => {} },
      otherwise: () => ({
        push: chunk => {
          passedOn = (passedOn ?? '') + chunk.toString()
        },
        end: () => {},
        locate: () => ({ line: 7, column: 7 }),
      }),
    },
    {
      get stopped() {
        return stopped
      },
      columns: given => {
        names = given
      },
      row(cells, line, item) {
        rows.push(Object.fromEntries(names.flatMap((name, i) => (cells[i] === undefined ? [] : [[name, cells[i]]]))))
        lines.push(line)
        items.push(item)
      },
      badRow: said,
      leftOut: type => leftOut.push(type),
      supplies: type => supplied.push(type),
      fatal(flaw) {
        stopped = true
        said(flaw)
      },
    },
  )
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  for (let at = 0; at < bytes.length; at += piece) source.push(bytes.subarray(at, at + piece))
  source.end()
  return { rows, lines, items, leftOut, flaws, supplied, source, passedOn }
}

describe('a document', () => {
  it.each(Object.entries(FILES))('%s is of %s alone', (name, tool) => {
    const document: unknown = JSON.parse(fixture(name))
    expect(DOCUMENTS.filter(one => one.fits(document)).map(one => one.name)).toEqual([tool])
  })

  it.each(Object.keys(FILES))('%s brings the same rows however it is written', name => {
    const value: unknown = JSON.parse(fixture(name))
    const asIs = deliver(fixture(name), DOCUMENTS, 77)
    const small = deliver(JSON.stringify(value), DOCUMENTS, 1)
    const wide = deliver(JSON.stringify(value, null, '\t').replaceAll('\n', '\r\n'))
    expect(asIs.rows.length).toBeGreaterThan(0)
    for (const { rows, leftOut, flaws } of [small, wide]) {
      expect(rows).toEqual(asIs.rows)
      expect(leftOut).toEqual(asIs.leftOut)
      expect(flaws).toEqual(asIs.flaws)
    }
    expect(new Set(small.lines)).toEqual(new Set([1]))
    // Without line breaks the number of the object tells rows apart; those of one object have the same.
    const places = wide.lines.map((line, i) => `${line}/${wide.items[i]}`)
    for (const [i, place] of places.entries()) {
      for (const [j, other] of places.entries()) if (place !== other) expect(small.items[i]).not.toBe(small.items[j])
    }
  })

  it('has its rows in the lines in which their objects begin', () => {
    const text = JSON.stringify(JSON.parse(fixture('trivy/alpine-39.json')), null, 2)
    const { rows, lines, items, source } = deliver(text)
    const file = text.split('\n')
    const first = file.findIndex(line => line.includes('"VulnerabilityID": "CVE-2019-1549"'))
    const last = file.findLastIndex(line => line.includes('"VulnerabilityID": "CVE-2019-14697"'))
    // The brace stands in the line before the id; lines count from 1.
    expect(rows[0]?.type).toBe('scan')
    expect(lines[0]).toBe(1)
    expect(lines[1]).toBe(first)
    expect(lines.at(-1)).toBe(last)
    expect(new Set(items)).toEqual(new Set([0]))
    expect(source.tool?.name).toBe('trivy')
    expect(source.format).toBe('json')
  })

  it('may be one of several that follow each other, or elements of a list', () => {
    const [one, two] = ['trivy/alpine-39.json', 'grype/dated.json'].map(name => JSON.parse(fixture(name)))
    const expected = [one, two].flatMap(document => deliver(JSON.stringify(document)).rows)
    const written = [
      `${JSON.stringify(one)}\n${JSON.stringify(two)}\n`,
      JSON.stringify([one, two]),
      `[${JSON.stringify(one)}][${JSON.stringify(two)}]`,
      JSON.stringify([[one], [two]]),
    ]
    for (const text of written) expect(deliver(text).rows).toEqual(expected)
  })

  it('that is a list may come in several lists', () => {
    const alerts: unknown[] = JSON.parse(fixture('dependabot/alerts.json'))
    const { rows } = deliver(JSON.stringify(alerts))
    const lists = [alerts.slice(0, 1), alerts.slice(1)]
    for (const text of [
      lists.map(list => JSON.stringify(list)).join('\n'),
      JSON.stringify(lists),
      alerts.map(alert => JSON.stringify(alert)).join('\n'),
    ]) {
      expect(deliver(text).rows).toEqual(rows)
    }
  })

  it('among others that is of no tool is a bad row', () => {
    const one = fixture('npm-audit/got.json')
    const { rows, flaws } = deliver(`${one}\n{"id":1}\n7`)
    const line = one.split('\n').length + 1
    expect(rows).toHaveLength(2)
    expect(flaws).toEqual([
      `${line}:1 this is no npm audit (JSON) as the first value of the file is`,
      '1:1 this is no npm audit (JSON) as the first value of the file is',
    ])
  })

  it('that is broken is refused with the place, as what it was to be', () => {
    const text = fixture('trivy/alpine-39.json').trimEnd()
    const cut = deliver(text.slice(0, 3000))
    expect(cut.flaws[0]).toMatch(/the file ends inside|never closed/)
    expect([cut.rows, cut.source.tool?.name]).toEqual([[], 'trivy'])
    const twice = deliver('{\n"SchemaVersion":2,"ArtifactName":"a",\n"ArtifactName":"b"}')
    expect(twice.flaws).toEqual(['3:1 the key "ArtifactName" stands twice in this object'])
    const latin = Buffer.from('{\n"SchemaVersion":2,\n"ArtifactName":"\xe9"}', 'latin1')
    expect(deliver(latin).flaws).toEqual(['3:1 this is not UTF-8 text'])
  })

  it('of no tool goes on unchanged', () => {
    for (const text of ['{"results":[{"a":1}]}', '[]', '', '{"matches":', '[{"id":"A"}]\n{"x"', 'null 7']) {
      const { passedOn, rows, flaws, source } = deliver(text, DOCUMENTS, 3)
      expect([passedOn ?? '', rows, flaws]).toEqual([text, [], []])
      expect(source.locate(0)).toEqual({ line: 7, column: 7 })
    }
  })

  it('is too large above 256 MiB', () => {
    const half = Buffer.alloc(128 * 1024 * 1024, 32)
    const flaws: Flaw[] = []
    const source = makeDocumentRows(
      { tools: DOCUMENTS, context: { takenAt: undefined, warn: () => {} }, otherwise: () => expect.fail() },
      {
        get stopped() {
          return flaws.length > 0
        },
        columns: () => {},
        row: () => {},
        badRow: () => {},
        leftOut: () => {},
        supplies: () => {},
        fatal: flaw => flaws.push(flaw),
      },
    )
    source.push(half)
    source.push(half)
    expect(flaws).toEqual([])
    source.push(Buffer.from(' '))
    source.end()
    expect(flaws.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'long-document: this document is larger than 256 MiB: it has to be read as a whole',
    ])
  })
})

describe('files', () => {
  it('are read plain, packed and from stdin alike', async () => {
    const text = fixture('trivy/alpine-39.json')
    const packed = Buffer.from(gzipSync(text))
    const inspected = await inDirectory({ 'a.json': text, 'a.json.gz': packed }, directory =>
      inspectFiles([`${directory}/a.json`, `${directory}/a.json.gz`], {}, zones, noStdin),
    )
    for (const { types, tool, format, problems, first } of inspected) {
      expect(types.map(({ type, rows, bad }) => [type, rows, bad])).toEqual([
        ['scan', 1, 0],
        ['vulnerability', 6, 0],
        ['score', 16, 0],
      ])
      expect([tool?.name, format, problems, first]).toEqual(['trivy', 'json', [], Date.UTC(2021, 7, 25, 12, 20, 30)])
    }
    expect(inspected.map(({ compressed }) => compressed)).toEqual([false, true])
  })

  it('name the line of a row that is wrong, in its column', async () => {
    const text = fixture('trivy/alpine-39.json').replace('"2019-12-06T18:15:00Z"', '"yesterday"')
    const line = text.split('\n').findIndex(one => one.includes('yesterday')) + 1
    const wrong = await errorsOf({ 'a.json': text }, { types: VULNERABILITIES })
    expect(wrong.map(short)).toEqual([
      `${line}:11 published_at: "yesterday" isn't a time: expected 2026-05-01T10:00:00+02:00 or a date 2026-05-01`,
    ])
  })

  it('that do not say when they were made are warned of, with the option that says it', async () => {
    const evidence = await read({ 'a.json': fixture('npm-audit/got.json') }, { types: VULNERABILITIES })
    const [warning] = evidence.warnings.filter(({ code }) => code === 'no-scan-time')
    expect(warning?.hint).toContain('--taken-at [GLOB=]INSTANT')
    expect(evidence.vulnerabilities.scans).toEqual([])
  })

  it('that the user calls something else are no documents', async () => {
    const given = { 'a.json': fixture('npm-audit/got.json') }
    const wrong = await errorsOf(given, { types: VULNERABILITIES, as: 'vulnerability' })
    expect(wrong.length).toBeGreaterThan(0)
    expect(wrong[0]?.message).not.toContain('auditReportVersion 2')
  })

  it('in which a scanner found nothing say that it looked', async () => {
    const nothing =
      '{"SchemaVersion":2,"CreatedAt":"2026-05-01T06:00:00Z","ArtifactName":"shop:1","ArtifactType":"container_image"}'
    const clean = nothing.replace('}', ',"Results":[{"Target":"shop:1","Class":"os-pkgs","Type":"alpine"}]}')
    // Without packages it may have looked for something else.
    const looks = [
      [clean, true, ['scan', 'vulnerability']],
      [nothing, undefined, ['scan']],
    ] as const
    for (const [text, succeeded, types] of looks) {
      const { vulnerabilities, supplied } = await read({ 'a.json': text }, { types: VULNERABILITIES })
      expect(vulnerabilities.scans.map(scan => [scan.asset, scan.succeeded])).toEqual([['shop:1', succeeded]])
      expect([...supplied]).toEqual(types)
    }
    const empty = await read({ 'a.json': '{"results":[],"experimental_config":{}}' }, { types: VULNERABILITIES })
    expect([...empty.supplied]).toEqual([])
  })

  it('of two versions of an image make lives', async () => {
    const [before, after] = ['trivy/alpine-39.json', 'trivy/alpine-310.json'].map(fixture)
    const map =
      'values:\n  asset:\n    testdata/fixtures/images/alpine-39.tar.gz: alpine\n    testdata/fixtures/images/alpine-310.tar.gz: alpine\n'
    const later = (after ?? '').replace('2021-08-25T12:20:30.000000005Z', '2021-09-01T00:00:00Z')
    const { vulnerabilities } = await read(
      { 'a.json': before ?? '', 'b.json': later },
      { types: VULNERABILITIES, mapping: { file: 'map.yaml', bytes: Buffer.from(map) } },
    )
    const all = Array.from({ length: vulnerabilities.count }, (_, i) => vulnerabilities.vulnerability(i))
    const lives = all.map(({ id, component, lives: [life] }) => {
      const fixed =
        life?.fixed === undefined || life.fixed === null
          ? 'not known to be fixed'
          : `by ${new Date(life.fixed.latest).toISOString().slice(0, 10)}`
      return `${id} ${component} ${fixed}`
    })
    expect(lives.sort()).toEqual([
      'CVE-2019-14697 pkg:apk/alpine/musl by 2021-09-01',
      'CVE-2019-14697 pkg:apk/alpine/musl-utils by 2021-09-01',
      'CVE-2019-1549 pkg:apk/alpine/libcrypto1.1 not known to be fixed',
      'CVE-2019-1549 pkg:apk/alpine/libssl1.1 not known to be fixed',
      'CVE-2019-1551 pkg:apk/alpine/libcrypto1.1 not known to be fixed',
      'CVE-2019-1551 pkg:apk/alpine/libssl1.1 not known to be fixed',
    ])
  })

  it('of ticket desks are none of these', async () => {
    for (const name of ['jira/search.json', 'github/issues.json', 'zendesk/tickets.json', 'zammad/tickets.json']) {
      const value: unknown = JSON.parse(fixture(name))
      expect(DOCUMENTS.filter(tool => tool.fits(value))).toEqual([])
      const { inputs } = await readFixtures([name])
      expect(CONVERTERS.map(tool => tool.name)).toContain(inputs[0]?.tool)
    }
  })
})
