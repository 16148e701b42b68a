import type { ComparedContract } from '../../model/comparison.ts'

/** `Support: P1 respond`; of a promise that is called as its subject the subject alone. */
export function fullName(subject: string, name: string): string {
  return name === subject.toLowerCase() ? subject : `${subject}: ${name}`
}

/** `Acme Hosting SLA 2026.1`; blank where it says no more than the label. */
export function titleOf({ title, id, version }: ComparedContract, label: string): string {
  const text = [title ?? id, version].filter(Boolean).join(' ')
  return text === label ? '' : text
}
