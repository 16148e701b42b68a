import type { Happened } from '../records.ts'
import { decoded, earliestTold } from './bodies.ts'
import { lifeOf } from './life.ts'
import { type LivesOf, plainRow } from './lives.ts'
import type { Vulnerabilities, Vulnerability } from './records.ts'
import type { Facts, KnownDates } from './rows.ts'
import { isMeant, type Place, statementsOf } from './said.ts'
import type { ScanIndex } from './scans.ts'
import type { Found, StatementIndex } from './statements.ts'
import type { VulnerabilityIssues } from './store.ts'
import { type Grouped, LEFT, type RowTable, type SharedTexts } from './tables.ts'

/** All that was read, for making vulnerabilities of it. */
export interface ReadRows {
  readonly rows: RowTable
  readonly shared: SharedTexts
  readonly byKey: Grouped
  readonly scans: ScanIndex
  readonly statements: StatementIndex
  readonly livesOf: LivesOf
  /** Numbers of all names of a key, the canonical one first; `ownNamesOf`: those that its rows have. */
  namesOf(key: number): readonly number[]
  ownNamesOf(key: number): readonly number[]
  /** Whether `asset` is a column of which the cells are kept. */
  readonly keepsAsset: boolean
  readonly first?: number
  readonly last?: number
}

/** All vulnerabilities in order; what is wrong with them goes to `issues`, once. */
export function makeVulnerabilities(read: ReadRows, issues: VulnerabilityIssues): Vulnerabilities {
  const { rows, shared, byKey, scans, statements } = read
  const { keys, names, texts } = shared
  const times = new Float64Array(keys.count)
  const order = inOrder()

  function inOrder(): Int32Array {
    const found = new Int32Array(keys.count)
    let size = 0
    for (let key = 0; key < keys.count; key++) {
      const at = firstDetection(key)
      times[key] = at
      if (!Number.isNaN(at)) found[size++] = key
    }
    return found.subarray(0, size).sort((a, b) => compare(times[a], times[b]) || compareKeys(a, b))
  }

  /** Epoch ms; infinity: not known. NaN: there is no such vulnerability. */
  function firstDetection(key: number): number {
    const plain = plainRow(key, rows, byKey)
    if (plain >= 0 && rows.reopened.unknown(plain)) return earliest(rows.detected.get(plain))
    const { lives, duplicates, later, unknown } = read.livesOf(key)
    for (const row of duplicates) issues.duplicate(rows.origin.get(row).input, 'vulnerability')
    for (const row of later) issues.later(rows.origin.get(row).input)
    for (const row of unknown) {
      const id = texts.text(rows.scan.get(row))
      const assets = keys.asset(rows.key.get(row)) === 0 ? scans.assetsOf(id) : NONE
      issues.unknownScan(rows.origin.get(row), id, assets, assets.length > 0 ? undefined : scans.meant(id))
    }
    for (const { flaw } of lives) if (flaw?.reason === 'contradictory') issues.contradictory(nameOf(key), flaw)
    if (lives.length === 0) return Number.NaN
    return Math.min(...lives.map(({ detected }) => earliest(detected)))
  }

  function nameOf(key: number): string {
    const id = names.text(keys.name(key))
    const [asset, component] = [texts.text(keys.asset(key)), texts.text(keys.component(key))]
    return `${id}${asset === '' ? '' : ` on ${asset}`}${component === '' ? '' : ` (${component})`}`
  }

  function compareKeys(a: number, b: number): number {
    return (
      compare(names.text(keys.name(a)), names.text(keys.name(b))) ||
      compare(texts.text(keys.asset(a)), texts.text(keys.asset(b))) ||
      compare(texts.text(keys.component(a)), texts.text(keys.component(b))) ||
      compare(texts.text(keys.service(a)), texts.text(keys.service(b)))
    )
  }

  function vulnerabilityOf(key: number): Vulnerability {
    const id = names.text(keys.name(key))
    const asset = texts.text(keys.asset(key))
    const component = texts.text(keys.component(key))
    const nameIds = read.namesOf(key)
    const { lives, later } = read.livesOf(key)
    const found = statements.of(nameIds, keys.asset(key), keys.component(key))
    const facts = factsOfRows(key, later)
    const said = statementsOf(found, () => placeOf(key, facts))
    const source = { rows, shared, asset, keepsAsset: read.keepsAsset, said }
    return {
      service: texts.text(keys.service(key)),
      asset,
      component,
      id,
      aliases: nameIds.length === 1 ? NONE : aliasesOf(read.ownNamesOf(key), id),
      published: earliestDate('published', facts, found),
      vendorPatch: earliestDate('vendorPatch', facts, found),
      internalPatch: earliestDate('internalPatch', facts, found),
      // One of its names may be withdrawn as a double of another.
      withdrawn: earliestDate(
        'withdrawn',
        facts,
        found.filter(one => one.isOwn),
      ),
      acceptances: said.acceptances,
      vex: said.vex,
      exploited: said.exploited,
      epss: said.epss,
      lives: lives.map((life, i) => lifeOf(life, i + 1, source)),
    }
  }

  function placeOf(key: number, facts: readonly Facts[]): Place {
    const [asset, component] = [texts.text(keys.asset(key)), texts.text(keys.component(key))]
    return { asset, component, versions: facts.map(({ version }) => version) }
  }

  /** Says which statements are about nothing that is here. */
  function findMissed(): void {
    if (order.length === 0) return
    for (const key of order) {
      const nameIds = read.namesOf(key)
      if (!statements.isAimedAt(nameIds)) continue
      let place: Place | undefined
      statements.hit(nameIds, keys.asset(key), keys.component(key), one => {
        if (one.kind !== 'vex') return true
        place ??= placeOf(key, factsOfRows(key, read.livesOf(key).later))
        return isMeant(one.body, place)
      })
    }
    const missed = statements.missed()
    if (missed.length === 0) return
    const places = (part: (key: number) => number): ReadonlySet<string> =>
      new Set(Array.from(order, key => texts.text(part(key))))
    issues.missed(missed, places(keys.asset), places(keys.component))
  }

  function aliasesOf(nameIds: readonly number[], id: string): readonly string[] {
    return nameIds
      .map(name => names.text(name))
      .filter(name => name !== id)
      .sort()
  }

  /** What the rows of a key say, each thing once. */
  function factsOfRows(key: number, later: readonly number[]): readonly Facts[] {
    const plain = plainRow(key, rows, byKey)
    if (plain >= 0) return [shared.facts.of(rows.facts.get(plain))]
    const left = new Set(later)
    const found = new Set<number>()
    for (let i = byKey.starts[key] ?? 0; i < (byKey.starts[key + 1] ?? 0); i++) {
      const row = byKey.order[i] ?? 0
      if ((rows.flags.get(row) & LEFT) === 0 && !left.has(row)) found.add(rows.facts.get(row))
    }
    return [...found].map(id => shared.facts.of(id))
  }

  findMissed()
  return {
    count: order.length,
    vulnerability(index) {
      const key = order[index]
      if (key === undefined) throw new RangeError(`there is no vulnerability ${index}`)
      return vulnerabilityOf(key)
    },
    scans: scans.scans,
    ...(read.first === undefined || read.last === undefined ? {} : { first: read.first, last: read.last }),
  }
}

function earliestDate(of: keyof KnownDates, facts: readonly Facts[], found: readonly Found[]): Happened {
  const [only] = facts
  if (only !== undefined && facts.length === 1 && found.length === 0) return only[of]
  return earliestTold([
    ...facts.map(fact => fact[of]),
    ...found.flatMap(one => (one.kind === 'advisory' ? [decoded(one.body[of])] : [])),
  ])
}

const NONE: readonly string[] = []

const earliest = (stamp: Happened): number => stamp?.earliest ?? Number.POSITIVE_INFINITY

const compare = <T extends number | string>(a: T | undefined, b: T | undefined): number =>
  a === b || a === undefined || b === undefined ? 0 : a < b ? -1 : 1
