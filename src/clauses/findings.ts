import type { Finding, Findings, List, Outline } from '../model/finding.ts'

/** What a list offers beside its findings, where that is cheaper to make. */
export type Short = Pick<Findings, 'outlines' | 'ids'>

/** Findings that are made when they are asked for: what a million records would hold in memory is not kept. */
export function findingsOf(length: number, make: (index: number) => Finding, short: Short = {}): Findings {
  return { ...listOf(length, make), ...short }
}

/** A list that makes each item when it is asked for. */
export function listOf<Item>(length: number, make: (index: number) => Item): List<Item> {
  function* each(): Iterator<Item> {
    for (let i = 0; i < length; i++) yield make(i)
  }
  return lazy(length, index => (index >= 0 && index < length ? make(index) : undefined), each)
}

/** The findings with each one changed when it is asked for; `change` changes outlines in the same way. */
export function mapFindings(list: Findings, change: <Part extends Outline>(part: Part) => Part): Findings {
  function* each(): Iterator<Finding> {
    for (const finding of list) yield change(finding)
  }
  function* outlines(): Iterable<Outline> {
    for (const outline of outlinesOf(list)) yield change(outline)
  }
  const at = (index: number): Finding | undefined => {
    const finding = list.at(index)
    return finding === undefined ? undefined : change(finding)
  }
  return { ...lazy(list.length, at, each), outlines, ids: () => idsOf(list) }
}

/** Lists one after the other. */
export function joinFindings(lists: readonly Findings[]): Findings {
  const filled = lists.filter(list => list.length > 0)
  const [only] = filled
  if (filled.length === 1 && only !== undefined) return only
  const length = filled.reduce((sum, list) => sum + list.length, 0)
  const make = (index: number): Finding => {
    let at = index
    for (const list of filled) {
      const found = at < list.length ? list.at(at) : undefined
      if (found !== undefined) return found
      at -= list.length
    }
    throw new RangeError(`no finding ${index}`)
  }
  return findingsOf(length, make, {
    *outlines() {
      for (const list of filled) yield* outlinesOf(list)
    },
    *ids() {
      for (const list of filled) yield* idsOf(list)
    },
  })
}

/** The outlines of findings, the findings themselves where there is nothing cheaper. */
export function outlinesOf(list: Findings): Iterable<Outline> {
  return list.outlines?.() ?? list
}

/** The ids of findings, without making them where that is cheaper. */
export function* idsOf(list: Findings): Iterable<string> {
  if (list.ids !== undefined) yield* list.ids()
  else for (const { id } of list) yield id
}

function lazy<Item>(length: number, at: (index: number) => Item | undefined, each: () => Iterator<Item>): List<Item> {
  // As plain data it is the array it stands for.
  return { length, at, [Symbol.iterator]: each, toJSON: () => [...{ [Symbol.iterator]: each }] } as List<Item>
}
