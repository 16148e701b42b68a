/** Time as a row of equal cells: slow, and simple enough to be checked by eye. */
export interface Grid {
  readonly start: number
  readonly step: number
  readonly cells: number
}

/** Cells that an interval given in cells covers; may reach beyond the grid. */
export function covers(interval: readonly [number, number], cell: number): boolean {
  return interval[0] <= cell && cell < interval[1]
}

export function instantAt({ start, step }: Grid, cell: number): number {
  return start + cell * step
}

/** Overlapping and touching intervals as one, for ones with a length. */
export function joined(list: readonly (readonly [number, number])[]): [number, number][] {
  const out: [number, number][] = []
  for (const [from, to] of [...list].sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1)
    if (from === to) continue
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else out.push([from, to])
  }
  return out
}

/** Maximal runs of cells in which `test` holds. */
export function runs(from: number, to: number, test: (cell: number) => boolean): [number, number][] {
  const out: [number, number][] = []
  for (let cell = from; cell < to; cell++) {
    if (!test(cell)) continue
    const last = out.at(-1)
    if (last !== undefined && last[1] === cell) last[1] = cell + 1
    else out.push([cell, cell + 1])
  }
  return out
}

/** part ÷ of as sums of cell weights in hundredths: `met` when at least the target in hundredths of a percent. */
export function reaches(downHundredths: number, baseCells: number, targetBasisPoints: number): boolean {
  const base = BigInt(baseCells) * 100n
  return (base - BigInt(downHundredths)) * 10_000n >= BigInt(targetBasisPoints) * base
}

export function sameRatio(
  quantity: unknown,
  downHundredths: number,
  baseCells: number,
): { readonly left: bigint; readonly right: bigint } {
  const { part, of } = quantity as { part: number | string; of: number | string }
  const base = BigInt(baseCells) * 100n
  return { left: BigInt(part) * base, right: (base - BigInt(downHundredths)) * BigInt(of) }
}
