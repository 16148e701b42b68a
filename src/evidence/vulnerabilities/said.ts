import type { Origin } from '../../model/finding.ts'
import { decoded } from './bodies.ts'
import { componentOf } from './component.ts'
import { type Score, VEX_STATUSES, type Vulnerability } from './records.ts'
import type { Statements } from './rows.ts'
import type { Found } from './statements.ts'

/** Everything that records beside the findings say of one vulnerability on one asset. */
export interface Said extends Pick<Vulnerability, 'acceptances' | 'vex' | 'exploited' | 'epss'> {
  readonly scores: readonly Score[]
  /** Rows that were bad and left out. */
  readonly bad: readonly Origin[]
}

/** Where it is found; `versions` are those of its rows, undefined for a row that names none. */
export interface Place {
  readonly asset: string
  readonly component: string
  readonly versions: readonly (string | undefined)[]
}

/** Sorts statements, which are by time, by what they say; `placed` is only asked where there are some. */
export function statementsOf(found: readonly Found[], placed: () => Place): Said {
  if (found.length === 0) return NOTHING
  const place = placed()
  const list = <K extends Found['kind']>(kind: K) =>
    found.filter((one): one is Found & { kind: K } => one.kind === kind)
  return {
    scores: list('score').map(({ at, body, origin }) => ({ ...body, at, origin })),
    acceptances: list('acceptance').map(({ body: { from, until, approver }, origin }) => ({
      from,
      until: until ?? Number.POSITIVE_INFINITY,
      ...(approver === undefined ? {} : { approver }),
      origin,
    })),
    vex: list('vex').flatMap(({ at, body, origin }) => {
      const status = VEX_STATUSES[body.status]
      if (status === undefined || !isMeant(body, place)) return []
      const { justification } = body
      return [{ at, status, ...(justification === undefined ? {} : { justification }), origin }]
    }),
    exploited: list('known-exploited').map(({ body: { added, due, catalogue }, origin }) => ({
      added: decoded(added),
      due,
      ...(catalogue === undefined ? {} : { catalogue }),
      origin,
    })),
    epss: list('epss').map(({ at, body, origin }) => ({ at, value: body.value, origin })),
    bad: list('bad').map(({ origin }) => origin),
  }
}

const NOTHING: Said = { scores: [], acceptances: [], vex: [], exploited: [], epss: [], bad: [] }

/** Whether a statement on a product, or on one version, is about what is found here. */
export function isMeant(
  { status, product, version }: Statements['vex'],
  { asset, component, versions }: Place,
): boolean {
  const named = product === undefined ? undefined : componentOf(product)
  const isAsset = product === asset
  if (named !== undefined && !isAsset && named.name !== component) return false
  const wanted = [version, isAsset ? undefined : named?.version].filter(one => one !== undefined)
  if (wanted.length === 0) return true
  const fits = (own: string | undefined): boolean => own !== undefined && wanted.every(one => one === own)
  // Of rows of several versions: what takes a duty away has to be about all of them.
  const takesAway = VEX_STATUSES[status] === 'not_affected' || VEX_STATUSES[status] === 'fixed'
  return takesAway ? versions.length > 0 && versions.every(fits) : versions.some(fits)
}
