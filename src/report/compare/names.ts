import type { ComparedContract, Comparison } from '../../model/comparison.ts'

/** Whether it is one contract in two versions that is compared. */
export function isVersions({ contracts }: Comparison): boolean {
  const [base, other, ...rest] = contracts
  return base !== undefined && base.id === other?.id && rest.length === 0
}

/**
 * What each contract is called, each otherwise: its id; versions of one contract by their versions, else their files.
 */
export function labelsOf(comparison: Comparison): readonly string[] {
  const { contracts } = comparison
  const alone = isVersions(comparison)
  const ways: readonly ((contract: ComparedContract) => string | undefined)[] = [
    ({ id }) => id,
    ({ id, version }) => version && (alone ? version : `${id} ${version}`),
    ({ file }) => file,
  ]
  const labels = contracts.map(contract => {
    const way = ways.find(name => {
      const own = name(contract)
      return own !== undefined && contracts.filter(one => name(one) === own).length === 1
    })
    return way?.(contract) ?? contract.file
  })
  // The same file twice, or a version that is called like the id of another.
  return labels.map((label, i) => (labels.indexOf(label) === i ? label : `${label} (${i + 1})`))
}

/** `Acme Hosting SLA 2026.1`; blank where it says no more than the label. */
export function titleOf({ title, id, version }: ComparedContract, label: string): string {
  const text = [title ?? id, version].filter(Boolean).join(' ')
  return text === label ? '' : text
}
