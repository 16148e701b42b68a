import type { Origin } from '../../model/finding.ts'
import type { Moment } from '../../model/interval.ts'
import type { Happened } from '../records.ts'
import { mixed } from './cells.ts'
import { componentOf } from './component.ts'
import { namesOf, normalId } from './ids.ts'
import { makeKeyNames } from './key-names.ts'
import { makeLives } from './lives.ts'
import type { Vulnerabilities, VulnerabilityFlaw } from './records.ts'
import { remembering } from './remembering.ts'
import type {
  Facts,
  RowStamps,
  ScanRow,
  StatementKind,
  StatementRow,
  StatementSubject,
  Subject,
  VulnerabilityRow,
} from './rows.ts'
import { makeScanList } from './scans.ts'
import type { Difference, ScoreCells } from './score-cells.ts'
import { type Missed, makeStatementList } from './statements.ts'
import { BAD, DETECTED_LATER, FIXED_ABSENT, grouped, LEFT, makeRowTable, makeSharedTexts } from './tables.ts'
import { makeVulnerabilities } from './vulnerabilities.ts'

/** Vulnerabilities and what is said of them, as they are read; lives are made of them at the end. */
export interface VulnerabilityStore {
  /** Columns of which lives keep the cells. */
  readonly keeps: readonly string[]
  /** A number for kept cells: equal ones have equal numbers, none has 0. */
  attributes(cells: readonly (readonly [column: string, cell: string])[]): number
  /** A number for a score: equal ones have equal numbers. */
  score(score: ScoreCells): number
  add(row: VulnerabilityRow): void
  /** A bad row was left out: nothing certain can be said of its vulnerability on its asset. */
  spoil(subject: Subject, stamps: RowStamps, facts: Facts, origin: Origin): void
  /** A mapping leaves out what a scan saw: it says nothing but that it is still there. */
  leave(subject: Subject, origin: Origin): void
  state<K extends StatementKind>(row: StatementRow<K>): void
  spoilStatement(subject: StatementSubject, origin: Origin, type: StatementKind): void
  /** A row states another score than its vector comes to. */
  differs(origin: Origin, difference: Difference): void
  scan(row: ScanRow): 'used' | 'duplicate'
  laterScan(id: string, asset: string): void
  loseScan(id: string | undefined, asset: string | undefined, origin: Origin): void
  /** How many bad rows of a type in a file are known to be of a vulnerability or a scan. */
  spoiled(input: number, type: string): number
  /** `asOf`: epoch ms. */
  finish(issues: VulnerabilityIssues, asOf: number): Vulnerabilities
}

/** What only shows once all files are read. */
export interface VulnerabilityIssues {
  /** A row that was taken says what another one says already. */
  duplicate(input: number, type: string): void
  /** A row of a scan later than `as of`. */
  later(input: number): void
  /** `assets` are those of scans of this id, `meant` the id that was meant. */
  unknownScan(origin: Origin, scan: string, assets: readonly string[], meant: string | undefined): void
  /** The first of `count` rows of a file. */
  differs(origin: Origin, difference: Difference, count: number): void
  /** A scan given twice, and the rows differ. */
  repeatedScan(id: string, origins: readonly Origin[]): void
  contradictory(name: string, flaw: VulnerabilityFlaw): void
  /** Acceptances and VEX statements about nothing that is here, and the assets and components that are. */
  missed(statements: readonly Missed[], assets: ReadonlySet<string>, components: ReadonlySet<string>): void
}

export function makeVulnerabilityStore(keeps: readonly string[] = []): VulnerabilityStore {
  const rows = makeRowTable()
  const shared = makeSharedTexts()
  const { names, texts, keys, nameSets, facts, attributeSets } = shared
  const scans = makeScanList()
  const statements = makeStatementList(shared)
  const named = makeKeyNames(shared)
  const lostCounts = new Map<string, number>()
  const differences = new Map<number, { readonly origin: Origin; readonly difference: Difference; count: number }>()
  let count = 0
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY

  function dated(moment: Happened): void {
    if (moment === undefined || moment === null) return
    if (moment.earliest < first) first = moment.earliest
    if (moment.earliest > last) last = moment.earliest
  }

  const scanId = remembering(texts.id)
  const componentId = remembering(text => texts.id(componentOf(text).name))
  /** Of aliases, a line break and an id: the number of the canonical one, and of the set of all. */
  const namesIn = remembering(text => {
    const end = text.indexOf('\n')
    const { canonical, all } = namesOf(text.slice(end + 1), text.slice(0, end))
    return { name: names.id(canonical), set: nameSets.id(all.map(name => names.id(name)).join(' ')) }
  })

  function keyOf({ service, id, aliases, asset, component }: Subject): number {
    const parts = [texts.id(service), texts.id(asset), componentId(component)] as const
    if (aliases === '') return named.key(...parts, names.id(normalId(id)), 0)
    const { name, set } = namesIn(`${aliases.replaceAll('\n', ' ')}\n${id}`)
    return named.key(...parts, name, set)
  }

  function append(subject: Subject, said: number, flags: number, origin: Origin): number {
    const row = count++
    rows.key.set(row, keyOf(subject))
    if (subject.scan !== '') rows.scan.set(row, scanId(subject.scan))
    rows.facts.set(row, said)
    rows.flags.set(row, flags)
    rows.origin.set(row, origin)
    return row
  }

  function stamp(row: number, { detected, evaluated, mitigated, fixed, reopened }: RowStamps): void {
    rows.detected.set(row, detected)
    rows.evaluated.set(row, evaluated)
    rows.mitigated.set(row, mitigated)
    rows.fixed.set(row, fixed)
    rows.reopened.set(row, reopened)
    dated(detected)
    dated(evaluated)
    dated(mitigated)
    dated(fixed)
    dated(reopened)
  }

  function differs(origin: Origin, difference: Difference): void {
    const known = differences.get(origin.input)
    if (known === undefined) differences.set(origin.input, { origin, difference, count: 1 })
    else known.count++
  }

  function lose(input: number, type: string): void {
    const key = `${input} ${type}`
    lostCounts.set(key, (lostCounts.get(key) ?? 0) + 1)
  }

  /** Rows of a scan without an asset of their own are of the scan's. */
  function placeRows(find: (id: string, asset: string) => { readonly asset: string } | undefined): void {
    const assets = new Map<number, number>()
    for (let row = 0; row < count; row++) {
      const scan = rows.scan.get(row)
      if (scan === 0) continue
      const key = rows.key.get(row)
      if (keys.asset(key) !== 0) continue
      let asset = assets.get(scan)
      if (asset === undefined) {
        asset = texts.id(find(texts.text(scan), '')?.asset ?? '')
        assets.set(scan, asset)
      }
      if (asset === 0) continue
      rows.key.set(row, named.moved(key, asset, keys.name(key)))
    }
  }

  /** Rows of a name that stands for a CVE are rows of that CVE. */
  function moveRows(to: ReadonlyMap<number, number>): void {
    for (let row = 0; row < count; row++) {
      const key = to.get(rows.key.get(row))
      if (key === undefined) continue
      rows.key.set(row, key)
      const said = facts.of(rows.facts.get(row))
      // That one of its names is withdrawn is not said of the CVE.
      if (said.withdrawn) rows.facts.set(row, facts.id({ ...said, withdrawn: undefined }))
    }
  }

  return {
    keeps,
    attributes: cells => (cells.length === 0 ? 0 : attributeSets.id(JSON.stringify(cells))),
    score: facts.scoreId,
    add(given) {
      const flags = (given.fixedAbsent ? FIXED_ABSENT : 0) | (given.detectedLater ? DETECTED_LATER : 0)
      const row = append(given.subject, facts.id(given.facts), flags, given.origin)
      rows.cells.set(row, meaningOf(given))
      stamp(row, given.stamps)
      if (given.differs !== undefined) differs(given.origin, given.differs)
    },
    spoil(subject, stamps, said, origin) {
      const row = append(subject, facts.id(said), BAD, origin)
      stamp(row, stamps)
      lose(origin.input, 'vulnerability')
    },
    leave(subject, origin) {
      append(subject, 0, LEFT, origin)
    },
    state(row) {
      const { id, aliases = '' } = row.subject
      if (row.kind === 'advisory' && aliases !== '') namesIn(`${aliases.replaceAll('\n', ' ')}\n${id}`)
      statements.add(row)
    },
    spoilStatement(subject, origin, type) {
      statements.add({ kind: 'bad', subject, at: NEVER, body: {}, origin })
      lose(origin.input, type)
    },
    differs,
    scan(row) {
      dated(row.at)
      return scans.add(row)
    },
    laterScan: scans.later,
    loseScan(id, asset, origin) {
      scans.lose(id, asset, origin)
      if (id !== undefined) lose(origin.input, 'scan')
    },
    spoiled: (input, type) => lostCounts.get(`${input} ${type}`) ?? 0,
    finish(issues, asOf) {
      const index = scans.index()
      placeRows(index.find)
      const { to, alike } = named.join()
      if (to.size > 0) moveRows(to)
      for (const [key, origins] of scans.repeated) issues.repeatedScan((JSON.parse(key) as string[])[0] ?? '', origins)
      for (const { origin, difference, count: times } of differences.values()) issues.differs(origin, difference, times)
      const byKey = grouped(count, keys.count, row => rows.key.get(row))
      return makeVulnerabilities(
        {
          rows,
          shared,
          byKey,
          scans: index,
          statements: statements.index(issues.duplicate),
          livesOf: makeLives({ rows, byKey, scans: index, shared, likenessOf: alike, asOf }),
          keepsAsset: keeps.includes('asset'),
          namesOf: named.all,
          ownNamesOf: named.own,
          ...(first <= last ? { first, last } : {}),
        },
        issues,
      )
    },
  }
}

const NEVER: Moment = { earliest: Number.NEGATIVE_INFINITY, latest: Number.NEGATIVE_INFINITY }

/** A hash of what a row says: the same for rows that mean the same, whichever is read first. */
function meaningOf({ cells, stamps, facts }: VulnerabilityRow): number {
  const { detected, evaluated, mitigated, fixed, reopened } = stamps
  const { published, vendorPatch, internalPatch, withdrawn, suppressed } = facts
  const own = [detected, evaluated, mitigated, fixed, reopened]
  return mixed(mixed(cells, own), [published, vendorPatch, internalPatch, withdrawn, suppressed?.at])
}
