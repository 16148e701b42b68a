import type { SupportBody } from '../../clauses/support/schema.ts'
import type { CompareRule } from '../rule.ts'
import { supportCandidates } from './support/candidates.ts'
import { supportEnvelope } from './support/envelope.ts'
import { ownsTicket, supportTerms } from './support/promise.ts'
import { relateSupport } from './support/relate.ts'

/** Support clauses: a promise of each priority, and each mean, is a term of its own. */
export const supportRule: CompareRule<SupportBody> = {
  kind: 'support',
  subject: 'Support',
  terms: supportTerms,
  relate: relateSupport,
  candidates: supportCandidates,
  envelope: supportEnvelope,
  owns: ownsTicket,
}
