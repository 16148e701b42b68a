import type { Origin } from '../../model/finding.ts'
import { nearest } from '../../model/nearest.ts'
import type { Problems } from '../problems.ts'
import type { Store } from '../store.ts'
import { compareOrigins } from '../tickets/tables.ts'
import { componentOf } from './component.ts'
import type { Vulnerabilities } from './records.ts'
import type { Missed } from './statements.ts'

/** Where what only shows at the end is said and counted; files by their index. */
export interface VulnerabilityReport {
  /** One file of several is looked at: scans may stand in another. */
  readonly alone?: true
  /** Epoch ms. */
  readonly asOf: number
  problemsOf(input: number): Problems
  /** A row that was taken turns out to be something else. */
  recount(input: number, type: string, to: 'duplicates' | 'later'): void
}

/** Makes the vulnerabilities of all that was read, and reports what is wrong with them in the file it is in. */
export function finishVulnerabilities(
  { vulnerabilities }: Pick<Store, 'vulnerabilities'>,
  report: VulnerabilityReport,
): Vulnerabilities {
  const placed = (origin: Origin) => ({ place: { line: origin.line ?? 1, column: 1 } })
  const unknown = new Map<
    number,
    { rows: number; scans: Set<string>; first: Origin; hints: Set<string>; several: boolean }
  >()
  const { asOf, alone } = report

  const made = vulnerabilities.finish(
    {
      duplicate: (input, type) => report.recount(input, type, 'duplicates'),
      later: input => report.recount(input, 'vulnerability', 'later'),
      unknownScan(origin, scan, assets, meant) {
        const found = unknown.get(origin.input) ?? {
          rows: 0,
          scans: new Set(),
          first: origin,
          hints: new Set(),
          several: true,
        }
        found.rows++
        found.several &&= assets.length > 1
        found.scans.add(scan)
        if (meant !== undefined) found.hints.add(`"${shown(scan)}": did you mean "${shown(meant)}"?`)
        if (assets.length > 1) {
          const named = assets.slice(0, 3).map(asset => `"${shown(asset)}"`)
          found.hints.add(
            `scan "${shown(scan)}" is of ${assets.length} assets (${named.join(', ')}${assets.length > 3 ? ' …' : ''}): name the asset in the row`,
          )
        }
        if ((origin.line ?? 0) < (found.first.line ?? 0)) found.first = origin
        unknown.set(origin.input, found)
      },
      differs(origin, { stated, computed }, count) {
        const message = `the vector comes to ${computed}, the row says ${stated}: ${stated} counts`
        const more = count === 1 ? '' : `, the first of ${count} rows whose score and vector differ`
        report.problemsOf(origin.input).warn({ code: 'score-differs', message: `${message}${more}`, ...placed(origin) })
      },
      repeatedScan(id, origins) {
        const last = origins.at(-1)
        if (last === undefined) return
        report.problemsOf(last.input).warn({
          code: 'repeated-id',
          message: `scan "${shown(id)}" is given more than once, and the rows differ${others(origins.slice(0, -1), last)}`,
          hint: 'give each scan of an asset one row: whether it succeeded counts as not known',
          ...placed(last),
        })
      },
      contradictory(name, { why, origins }) {
        const last = origins.at(-1)
        if (last === undefined) return
        report.problemsOf(last.input).warn({
          code: 'contradictory',
          message: `${shown(name)}: ${why}${others(origins.slice(0, -1), last)}`,
          hint: 'keep the row that is right',
          ...placed(last),
        })
      },
      missed(statements, assets, components) {
        if (alone === true) return
        for (const input of new Set(statements.map(({ origin }) => origin.input))) {
          const list = statements.filter(({ origin }) => origin.input === input)
          const [first] = [...list].sort((a, b) => compareOrigins(a.origin, b.origin))
          if (first === undefined) continue
          const hint = meantBy(first, assets, components)
          report.problemsOf(input).warn({
            code: 'unmatched',
            message: missedText(list),
            ...(hint === undefined ? {} : { hint }),
            ...placed(first.origin),
          })
        }
      },
    },
    asOf,
  )
  for (const [input, { rows, scans, first, hints, several }] of unknown) {
    if (alone === true) continue
    const ids = [...scans].slice(0, 5).map(id => `"${shown(id)}"`)
    const more = scans.size > ids.length ? ' …' : ''
    report.problemsOf(input).warn({
      code: 'unknown-scan',
      message: `${rows === 1 ? '1 row names a scan' : `${rows} rows name scans`} that ${several ? 'several scan rows have' : 'no scan row has'}: ${ids.join(', ')}${more}`,
      hint:
        hints.size === 0
          ? 'give a scan row for each: without it nothing says when it was seen, or that it is gone'
          : [...hints].sort().slice(0, 3).join('; '),
      ...placed(first),
    })
  }
  return made

  function others(origins: readonly Origin[], from: Origin): string {
    const names = origins.slice(0, 5).map(origin => {
      const row = origin.item === undefined ? `line ${origin.line}` : `record ${origin.item}`
      return origin.input === from.input ? row : `${report.problemsOf(origin.input).file} ${row}`
    })
    return names.length === 0 ? '' : `: see also ${names.join(', ')}${origins.length > names.length ? ' …' : ''}`
  }
}

function missedText(list: readonly Missed[]): string {
  const accepted = list.filter(({ kind }) => kind === 'acceptance').length
  const vex = list.length - accepted
  const parts = [
    ...(accepted === 0
      ? []
      : [
          `${accepted === 1 ? '1 acceptance is' : `${accepted} acceptances are`} about no vulnerability that was found`,
        ]),
    ...(vex === 0
      ? []
      : [
          `${vex === 1 ? '1 VEX statement is' : `${vex} VEX statements are`} about no asset, component or version that its vulnerability was found on`,
        ]),
  ]
  return `${parts.join(', ')}${list.length === 1 ? '' : ', this one the first'}`
}

/** The asset or component that a statement probably means. */
function meantBy(
  { asset, component, product }: Missed,
  assets: ReadonlySet<string>,
  components: ReadonlySet<string>,
): string | undefined {
  const guess = (column: string, text: string, known: ReadonlySet<string>): string | undefined => {
    const found = text === '' || known.has(text) ? undefined : nearest(text, known)
    return found === undefined || found === ''
      ? undefined
      : `${column} "${shown(text)}": did you mean "${shown(found)}"?`
  }
  const named = product === undefined ? undefined : componentOf(product).name
  return (
    guess('asset', asset, assets) ??
    guess('component', component, components) ??
    (named === undefined || assets.has(named)
      ? undefined
      : (guess('product', named, components) ?? guess('product', product ?? '', assets)))
  )
}

const shown = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text)
