import { findingsOf, idsOf, outlinesOf } from '../clauses/findings.ts'
import type { Finding, Findings, Outline } from '../model/finding.ts'
import type { BaselineSearch } from './baseline.ts'
import type { WaiverSearch } from './waivers.ts'

/**
 * The findings with what waivers and a baseline say of them: breaches let pass, and breaches known before. Walks them
 * once; each is changed when it is asked for, and of those that aren't breached none is changed at all.
 */
export function markFindings(
  list: Findings,
  clause: string,
  { waivers, baseline }: { readonly waivers: WaiverSearch | undefined; readonly baseline: BaselineSearch | undefined },
): Findings {
  const { length } = list
  // Numbers only: of a million findings none is kept.
  let entries: Int32Array | undefined
  let known: Uint8Array | undefined
  let index = 0
  const find = (): Finding => {
    const finding = list.at(index)
    if (finding === undefined) throw new RangeError(`no finding ${index}`)
    return finding
  }
  if (waivers?.hasPatterns(clause)) waivers.expect(idsOf(list))
  for (const [id, outline] of outlinesById(list)) {
    const { status } = outline
    const entry = waivers?.see(id, status) ?? -1
    if (entry >= 0) {
      entries ??= new Int32Array(length)
      entries[index] = entry + 1
    }
    const isWaived = entry >= 0 && waivers?.held(entry) !== undefined
    if (baseline?.see(clause, id, isWaived ? { ...outline, status: 'waived' } : outline, find)) {
      known ??= new Uint8Array(length)
      known[index] = 1
    }
    index++
  }
  if (entries === undefined && known === undefined) return list
  const mark = <Part extends Outline>(part: Part, i: number): Part => {
    const entry = (entries?.[i] ?? 0) - 1
    const waiver = entry < 0 ? undefined : waivers?.held(entry)
    const again = known?.[i] === 1 && { known: true as const }
    if (waiver !== undefined) return { ...part, status: 'waived', ...again, ...(isWhole(part) && { waiver }) } as Part
    const expired = entry >= 0 && isWhole(part)
    return {
      ...part,
      ...again,
      ...(expired && { notes: [...part.notes, waivers?.note(entry) ?? ''] }),
    }
  }
  const isMarked = (i: number): boolean => (entries?.[i] ?? 0) > 0 || known?.[i] === 1
  const make = (i: number): Finding => {
    const finding = list.at(i)
    if (finding === undefined) throw new RangeError(`no finding ${i}`)
    return isMarked(i) ? mark(finding, i) : finding
  }
  return findingsOf(length, make, {
    *outlines() {
      let i = 0
      for (const outline of outlinesOf(list)) {
        yield isMarked(i) ? mark(outline, i) : outline
        i++
      }
    },
    ids: () => idsOf(list),
  })
}

/** The ids of the breached findings of a list. */
export function* breachedIds(list: Findings): Iterable<string> {
  for (const [id, { status }] of outlinesById(list)) if (status === 'breached') yield id
}

function* outlinesById(list: Findings): Iterable<readonly [id: string, outline: Outline]> {
  const { ids, outlines } = list
  if (ids === undefined || outlines === undefined) {
    for (const finding of list) yield [finding.id, finding]
    return
  }
  const told = outlines.call(list)[Symbol.iterator]()
  for (const id of ids.call(list)) {
    const { value, done } = told.next()
    if (done === true) return
    yield [id, value]
  }
}

function isWhole(part: Outline): part is Finding {
  return 'notes' in part
}
