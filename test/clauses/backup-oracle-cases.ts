/**
 * Cases in all of a test file: 1,000, the same in every run, or as many others as SLA_CASES says. SLA_SEED repeats a run
 * of those.
 */
const TOTAL = Number(process.env.SLA_CASES ?? 1000)

/** Settings of one of `parts` properties that share the cases. */
export function cases(parts: number): { readonly numRuns: number; readonly seed?: number } {
  const seed = process.env.SLA_SEED ?? (process.env.SLA_CASES === undefined ? '20260601' : undefined)
  return { numRuns: Math.ceil(TOTAL / parts), ...(seed !== undefined && { seed: Number(seed) }) }
}
