import type { AvailabilityBody } from '../../../clauses/availability/schema.ts'
import { availability as kind } from '../../../clauses/availability.ts'
import type { Clause, Contract } from '../../../contract/contract.ts'
import type { Term } from '../../rule.ts'
import { withFilter } from '../duties/scope.ts'
import { detailTexts } from './promise-text.ts'
import { subjectName, subjectsOf } from './subjects.ts'

/** The one promise of a clause; named by its services where a contract has clauses on different ones. */
export function availabilityTerms(clause: Clause<AvailabilityBody>, contract: Contract): readonly Term[] {
  const [only, ...more] = subjectsOf(clause, contract)
  const suffix = keySuffix(clause, contract)
  return [
    {
      key: `availability${suffix}`,
      name: suffix === '' ? 'availability' : suffix.slice(1),
      names: only === undefined || only === '' || more.length > 0 ? {} : { service: only },
      text: textOf(clause),
    },
  ]
}

/** `/app` where several clauses of the contract promise something of different services. */
export function keySuffix(clause: Clause<AvailabilityBody>, contract: Contract): string {
  const names = contract.clauses
    .filter(one => one.kind === 'availability' && one.binding === 'guarantee')
    .map(one => subjectName(one as Clause<AvailabilityBody>, contract))
  return new Set(names).size < 2 ? '' : `/${subjectName(clause, contract)}`
}

function textOf(clause: Clause<AvailabilityBody>): string {
  return withFilter([kind.judge.promise(clause), ...detailTexts(clause.body)].join(', '), clause.where)
}
