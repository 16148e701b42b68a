/**
 * The four ways to fill what the evidence leaves open. `up` and `down` take the contract's `sampling` and unknown
 * time as up or as down: a verdict needs both to agree. `best` and `worst` also stretch samples to their limits.
 */
export type Case = 'best' | 'up' | 'down' | 'worst'

/** True where open questions are answered in the service's favour. */
export function favourable(which: Case): boolean {
  return which === 'best' || which === 'up'
}

/** One value per case, computed. */
export function perCase<T>(compute: (which: Case) => T): Readonly<Record<Case, T>> {
  return { best: compute('best'), up: compute('up'), down: compute('down'), worst: compute('worst') }
}
