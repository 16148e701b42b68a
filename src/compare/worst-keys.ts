/** What a wait is called in the key of a worst case, and in words, by the promise that it rests on. */
const WAITS: Readonly<Record<string, readonly [part: string, words: string]>> = {
  respond: ['response-wall', 'response'],
  workaround: ['workaround-wall', 'workaround'],
  resolve: ['resolve-wall', 'resolution'],
}

/**
 * The keys of the promises that a worst case rests on: `support/P1/resolve` of `support/P1/resolve-wall`; its own key
 * where it is called as they are.
 */
export function promisesOf(key: string): readonly string[] {
  const { first, name, last } = partsOf(key)
  if (first === 'downtime') return [['availability', ...key.split('/').slice(2)].join('/')]
  if (first === 'support') {
    const word = Object.keys(WAITS).find(one => WAITS[one]?.[0] === last)
    return [word === undefined ? key : `${first}/${name}/${word}`]
  }
  if (first === 'vulnerability' && last === 'longest') return [`${first}/${name}/fix`]
  if (first === 'backup') return ['schedule', 'recovery-points'].map(promise => `${first}/${name}/${promise}`)
  if (first === 'control') return [`${first}/${name}`]
  return [key]
}

/** A row of worst cases: its key, and what it is called. */
export interface WorstRow {
  readonly key: string
  readonly name: string
}

/** The row of a worst case whose promise stands in a row of another key: `support/P1/resolve`, or any words. */
export function worstIn(row: string, worst: WorstRow): WorstRow {
  const { first, name, last } = partsOf(worst.key)
  const of = partsOf(row)
  const alike = of.first === first
  switch (first) {
    case 'downtime': {
      const what = worst.key.split('/').slice(1, 2)
      const service = of.first === 'availability' ? row.split('/').slice(1) : [row]
      const words = worst.name.replace(/ of .*$/, '')
      return {
        key: ['downtime', ...what, ...service].join('/'),
        name: service.length === 0 ? words : `${words} of ${service.join('/')}`,
      }
    }
    case 'support': {
      const [wall, words] = (alike && WAITS[of.last]) || []
      if (wall === undefined || words === undefined) return { key: `${row}/wall`, name: `${row} longest wait` }
      return { key: `support/${of.name}/${wall}`, name: `${of.name} longest wait for a ${words}` }
    }
    case 'vulnerability':
    case 'backup':
    case 'control': {
      // A control has no other parts than its name.
      const place = !alike ? row : first === 'control' ? row.slice('control/'.length) : of.name
      const key = alike ? `${first}/${place}` : row
      return { key: `${key}/${last}`, name: worst.name.replace(name, () => place) }
    }
    default:
      return { key: row, name: worst.name }
  }
}

function partsOf(key: string): { readonly first: string; readonly name: string; readonly last: string } {
  const parts = key.split('/')
  return { first: parts[0] ?? '', name: parts.slice(1, -1).join('/'), last: parts.slice(1).at(-1) ?? '' }
}
