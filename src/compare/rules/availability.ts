import type { AvailabilityBody } from '../../clauses/availability/schema.ts'
import type { CompareRule } from '../rule.ts'
import { availabilityLogs } from './availability/candidates.ts'
import { availabilityEnvelope } from './availability/envelope.ts'
import { relateAvailability } from './availability/relate.ts'
import { availabilityTerms } from './availability/terms.ts'

/** Shares of time, windows and hours are held against each other exactly; all else field by field. */
export const availabilityRule: CompareRule<AvailabilityBody> = {
  kind: 'availability',
  subject: 'Availability',
  terms: availabilityTerms,
  relate: relateAvailability,
  candidates: availabilityLogs,
  envelope: availabilityEnvelope,
  // One promise a clause: all that it finds is about it.
  owns: () => true,
}
