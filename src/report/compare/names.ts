import type { ComparedContract } from '../../model/comparison.ts'

/** `Acme Hosting SLA 2026.1`; blank where it says no more than the label. */
export function titleOf({ title, id, version }: ComparedContract, label: string): string {
  const text = [title ?? id, version].filter(Boolean).join(' ')
  return text === label ? '' : text
}
