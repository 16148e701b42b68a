import type { RecoveryBody } from '../../../clauses/recovery/schema.ts'
import type { WitnessRow } from '../../../model/comparison.ts'
import type { Interval } from '../../../model/interval.ts'
import { DAY } from '../../../time/civil.ts'
import { formatInstant } from '../../../time/stamp.ts'
import type { Candidate, Side } from '../../rule.ts'
import { row, wholeDays } from '../duties/rows.ts'

type Named = Side<RecoveryBody>

/** What a log of one disaster at an instant is made of. */
export interface Given {
  readonly base: Named
  readonly other: Named
  readonly cells: Readonly<Record<string, string>>
  readonly component: string | undefined
  readonly at: number
  readonly year: number
}

interface Stamps {
  readonly declared: number
  readonly requested: number
  readonly back: number
  readonly recoveredTo: number
}

interface Told {
  /** Which of the two rows tell of it; both unless said. */
  readonly by?: 'incident' | 'restore' | 'both'
  readonly more?: readonly WitnessRow[]
  readonly over?: Interval
}

/** A disaster told by an incident, a restore, or both, with what else there is; the period holds it. */
export function disaster(
  given: Given,
  stamps: Stamps,
  story: string,
  { by = 'both', more = [], over }: Told,
): Candidate {
  const { base, at, component, cells } = given
  const stamp = (instant: number) => formatInstant(base.zone, instant)
  const incident = row('incident', {
    kind: 'disaster',
    ...cells,
    id: 'I-1',
    occurred_at: stamp(at),
    declared_at: stamp(stamps.declared),
    recovered_at: stamp(stamps.back),
  })
  const restore = row('restore', {
    ...cells,
    id: 'R-1',
    incident: by === 'restore' ? '' : 'I-1',
    component,
    purpose: 'real',
    source: 'backup',
    failure_at: stamp(at),
    requested_at: stamp(stamps.requested),
    started_at: stamp(stamps.requested),
    completed_at: stamp(stamps.back),
    recovered_to: stamp(stamps.recoveredTo),
    outcome: 'passed',
  })
  const rows = [...(by === 'restore' ? [] : [incident]), ...(by === 'incident' ? [] : [restore])]
  const period = over ?? wholeDays(base.zone, at, stamps.back + DAY)
  return { rows: [...rows, ...more], period, asOf: period.end, story }
}
