/** What a contract can be called by. */
export interface Labelled {
  readonly id: string
  readonly version?: string | undefined
  readonly file: string
  readonly kind?: string | undefined
}

/** Whether it is one contract in two versions that is compared; requirements are no version of a contract. */
export function isVersions([base, other, ...rest]: readonly Labelled[]): boolean {
  return base !== undefined && base.id === other?.id && base.kind === other.kind && rest.length === 0
}

/**
 * What each contract is called, each otherwise: its id; versions of one contract by their versions, else their files.
 */
export function labelsOf(contracts: readonly Labelled[]): readonly string[] {
  const alone = isVersions(contracts)
  const ways: readonly ((contract: Labelled) => string | undefined)[] = [
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
