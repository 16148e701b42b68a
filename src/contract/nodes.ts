import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml'
import { lineAt, type Place, type Range, type Said } from './diagnose.ts'

/** What the nodes of a document hold. `data` is undefined when the top isn't a map. */
export interface ReadNodes {
  readonly data: Readonly<Record<string, unknown>> | undefined
  readonly root: Place
  readonly errors: readonly (Said & { readonly range: Range })[]
}

/**
 * Plain data and places of a YAML document. Aliases are expanded (10 000 values in all at most), keys are text and
 * unique; numbers that a JavaScript number would write otherwise (`1.10`, twenty digits) stay the text they are.
 */
export function readNodes(document: Document, lines: readonly number[]): ReadNodes {
  const errors: (Said & { range: Range })[] = []
  const anchors = new Map<string, Node>()
  const targets = new Map<Node, Node>()
  const open = new Set<Node>()
  let throughAlias = 0
  let budget = MOST_EXPANDED

  const fail = (range: Range, code: string, message: string, hint?: string) =>
    errors.push({ code, message, hint, range })

  function read(node: unknown, place: Place): unknown {
    if (isAlias(node)) return readAlias(node, node.source, place)
    if (throughAlias > 0 && --budget < 0) return undefined
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined
    if (anchor !== undefined && throughAlias === 0) anchors.set(anchor, node as Node)
    if (isMap(node)) return within(node, () => readMap(node.items, node.flow === true, place))
    if (isSeq(node)) {
      return within(node, () =>
        node.items.map((item, i) => {
          const child: Place = { value: rangeOf(item, place.value), children: new Map() }
          place.children.set(i, child)
          return read(item, child)
        }),
      )
    }
    return isScalar(node) ? scalar(node.value, node.source) : null
  }

  function within<T>(node: Node, work: () => T): T {
    open.add(node)
    const value = work()
    open.delete(node)
    return value
  }

  function readAlias(node: Node, name: string, place: Place): unknown {
    const target = targets.get(node) ?? anchors.get(name)
    const range = rangeOf(node, place.value)
    if (target === undefined) {
      fail(range, 'yaml-alias', `there is no anchor &${name} before this alias`)
      return undefined
    }
    if (open.has(target)) {
      fail(range, 'yaml-alias', `*${name} contains itself`)
      return undefined
    }
    targets.set(node, target)
    const there: Place = { ...place, value: rangeOf(target, place.value) }
    throughAlias++
    const value = read(target, there)
    throughAlias--
    Object.assign(place, there)
    if (budget < 0 && throughAlias === 0 && budget !== Number.NEGATIVE_INFINITY) {
      fail(range, 'yaml-alias', `aliases stand for more than ${MOST_EXPANDED} values`)
      budget = Number.NEGATIVE_INFINITY
    }
    return value
  }

  function readMap(items: readonly Pair[], flow: boolean, place: Place): unknown {
    const data: Record<string, unknown> = {}
    for (const pair of items) {
      const at = rangeOf(pair.key, place.value)
      const key = keyText(pair.key)
      if (key === undefined) {
        fail(at, 'yaml-key', 'expected a key that is plain text')
        continue
      }
      const first = place.children.get(key)
      if (first !== undefined) {
        if (throughAlias === 0)
          fail(
            at,
            'duplicate-key',
            `\`${key}\` is set twice`,
            `the first one is on line ${lineAt(lines, first.key?.[0] ?? 0)}`,
          )
        continue
      }
      const empty =
        pair.value === null || (isScalar(pair.value) && pair.value.value === null && pair.value.source === '')
      const child: Place = {
        key: at,
        value: empty ? at : rangeOf(pair.value, at),
        ...(empty && flow ? { bare: true as const } : {}),
        ...(isScalar(pair.value) && typeof pair.value.value === 'number' ? { number: true as const } : {}),
        children: new Map(),
      }
      place.children.set(key, child)
      const value = read(pair.value, child)
      if (value !== undefined) data[key] = value
    }
    return data
  }

  const root: Place = { value: rangeOf(document.contents, [0, 0]), children: new Map() }
  const data = read(document.contents, root)
  const isTopMap = typeof data === 'object' && data !== null && !Array.isArray(data)
  return { data: isTopMap ? (data as Record<string, unknown>) : undefined, root, errors }
}

const MOST_EXPANDED = 10_000

function rangeOf(node: unknown, otherwise: Range): Range {
  const range = (node as Node | null)?.range
  return range ? [range[0], range[1]] : otherwise
}

function keyText(node: unknown): string | undefined {
  if (!isScalar(node) || node.value === null) return undefined
  const text = typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))
  // JavaScript gives this one a meaning of its own.
  return text === '__proto__' ? undefined : text
}

function scalar(value: unknown, source: string | undefined): unknown {
  if (typeof value === 'bigint') return source ?? String(value)
  if (typeof value !== 'number' || source === undefined) return value
  return String(value) === source ? value : source
}
