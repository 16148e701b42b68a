import { scoreOf } from '../cvss/score.ts'
import { parseVector } from '../cvss/vector.ts'
import type { RowParser } from '../row-parser.ts'
import { cvssNumber } from './cells.ts'
import type { CvssVersion, Score } from './records.ts'

/** What a row says of how bad it is, but not when nor where that stands. */
export type ScoreCells = Omit<Score, 'at' | 'origin'>

/** A score as stated and as its vector comes to, where the two are not the same. */
export interface Difference {
  readonly stated: string
  readonly computed: string
}

export interface ReadScore<T> {
  /** What was made of the score; undefined: the row has none. */
  readonly score: T | undefined
  readonly differs?: Difference
}

/**
 * Reads the scores of rows; malformed vectors and numbers make a row bad. `source` names the column of the source;
 * `make` is asked once for cells that many rows have.
 */
export function makeScoreReader<T>(row: RowParser, source: string, make: (score: ScoreCells) => T): () => ReadScore<T> {
  const known = new Map<string, ReadScore<T>>()

  return () => {
    const cvss = row.text('cvss')
    const vector = row.text('vector')
    const label = row.text('severity')
    if (cvss === undefined && vector === undefined && label === undefined) return NO_SCORE
    const from = row.text(source) ?? ''
    // Neither a number nor a vector holds a line break.
    const said = row.text('cvss_version')
    const cells = `${cvss ?? ''}\n${vector ?? ''}\n${said ?? ''}\n${from.length}\n${from}${label ?? ''}`
    const found = known.get(cells)
    if (found !== undefined) return found
    const { read, isBad } = readScore(vector, label, from, said)
    if (isBad) return read
    if (known.size >= MOST) known.clear()
    known.set(cells, read)
    return read
  }

  function readScore(written: string | undefined, label: string | undefined, from: string, said: string | undefined) {
    const stated = row.parsed('cvss', cvssNumber, 'a number from 0 to 10 such as 7.5')
    const parsed = written === undefined ? undefined : parseVector(written)
    if (parsed !== undefined && 'problem' in parsed) row.fail('vector', parsed.problem, parsed.hint)
    const vector = parsed === undefined || 'problem' in parsed ? undefined : parsed
    const versions = row.parsed('cvss_version', text => VERSIONS.get(text), 'a version of CVSS such as 3.1')
    const differ = versions !== undefined && vector !== undefined && !versions.includes(vector.version)
    if (differ) row.fail('cvss_version', `cvss_version ${said}: the vector is of CVSS ${vector.version}`)
    const isBad =
      (stated === undefined && row.text('cvss') !== undefined) ||
      vector !== parsed ||
      (versions === undefined && said !== undefined) ||
      differ
    if (stated === undefined && vector === undefined && label === undefined) return { read: NO_SCORE, isBad }
    const computed = vector === undefined ? undefined : scoreOf(vector.canonical)
    const value = stated ?? computed
    const score = make({
      source: from,
      ...(vector !== undefined
        ? { version: vector.version, vector: vector.canonical }
        : versions?.[0] !== undefined && stated !== undefined
          ? { version: versions[0] }
          : {}),
      ...(value === undefined ? {} : { value }),
      ...(stated === undefined && computed !== undefined ? { computed: true as const } : {}),
      ...(label === undefined ? {} : { label }),
    })
    const isOther = stated !== undefined && computed !== undefined && plain(stated) !== plain(computed)
    return { read: isOther ? { score, differs: { stated, computed } } : { score }, isBad }
  }
}

/** Words for versions, of each the versions that a vector may have: `3` without a vector is taken for 3.1. */
const VERSIONS: ReadonlyMap<string, readonly CvssVersion[]> = new Map([
  ['2', ['2.0']],
  ['2.0', ['2.0']],
  ['3', ['3.1', '3.0']],
  ['3.0', ['3.0']],
  ['3.1', ['3.1']],
  ['4', ['4.0']],
  ['4.0', ['4.0']],
])

const NO_SCORE = { score: undefined }
// Different cells that are remembered.
const MOST = 65_536

const plain = (decimal: string): string => String(Number(decimal))
