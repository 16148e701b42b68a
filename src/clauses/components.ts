import * as z from 'zod'
import { nameOf, oneOf } from '../contract/values.ts'

const component = nameOf('a component', ['database', 'files'])

/** `of`: one component, or several. */
export const components = z
  .union([component.transform(one => [one]), z.array(component).min(1, { error: 'the list of components is empty' })])
  .superRefine(noneTwice)

/** `accept`: the outcomes of which a backup is of use. */
export const outcomes = z
  .array(oneOf(['success', 'warning', 'partial']))
  .min(1, { error: 'the list of statuses is empty' })
  .superRefine(noneTwice)

/** An issue for each item that an earlier one repeats. */
export function noneTwice(list: readonly string[], context: Pick<z.RefinementCtx, 'addIssue'>): void {
  for (const [at, item] of list.entries()) {
    if (list.indexOf(item) === at) continue
    context.addIssue({ code: 'custom', path: [at], message: `\`${item}\` is listed twice`, input: item })
  }
}
