import { addDuration, type Duration } from '../../time/duration.ts'
import type { Zone } from '../../time/zone.ts'
import type { ControlBody } from './schema.ts'

/** What a control clause asks, with its defaults filled in. */
export type ControlRules = {
  /** The `control` column, or `restore`: tests of restoring. */
  readonly name: string
  readonly type: 'control' | 'restore'
  readonly passedOnly: boolean
  readonly perSubject: boolean
} & (
  | { readonly form: 'every' | 'valid-for'; readonly amount: Duration; readonly tolerance: Duration | undefined }
  | { readonly form: 'times'; readonly times: NonNullable<ControlBody['times']> }
  | { readonly form: 'unstated' }
)

export function rulesOf(body: ControlBody, id: string): ControlRules {
  const name = body.of ?? id
  const shared = {
    name,
    // A clause that is called restore without saying `of` is about a control of that name.
    type: body.of === 'restore' ? ('restore' as const) : ('control' as const),
    passedOnly: body.outcome !== 'performed',
    perSubject: body.per === 'subject',
  }
  if (body.times !== undefined) return { ...shared, form: 'times', times: body.times }
  const form = body.every === undefined ? 'valid-for' : 'every'
  const amount = body.every ?? body['valid-for'] ?? 'unstated'
  if (amount === 'unstated') return { ...shared, form: 'unstated' }
  return { ...shared, form, amount, tolerance: body.tolerance }
}

/** The end (epoch ms) of what one performance covers, tolerance included. */
export function coverEnd(
  zone: Zone,
  at: number,
  { amount, tolerance }: { readonly amount: Duration; readonly tolerance: Duration | undefined },
): number {
  const end = addDuration(zone, at, amount)
  return tolerance === undefined ? end : addDuration(zone, end, tolerance)
}

/** `every 1 week (+2h)`, `2 per calendar year`, `valid at all times, for 1 year each`. */
export function rulesText(rules: ControlRules): string {
  return [
    `${rules.type === 'restore' ? 'restore test ' : ''}${formText(rules)}`,
    ...(rules.passedOnly ? [] : ['whatever the outcome']),
    ...(rules.perSubject ? ['for each subject'] : []),
  ].join(', ')
}

function formText(rules: ControlRules): string {
  switch (rules.form) {
    case 'unstated':
      return 'unstated'
    case 'times':
      return rules.times.text.trim()
    default: {
      const late = rules.tolerance === undefined ? '' : ` (+${rules.tolerance.text.trim()})`
      const amount = `${rules.amount.text.trim()}${late}`
      return rules.form === 'every' ? `every ${amount}` : `valid at all times, for ${amount} each`
    }
  }
}
