import type { EarlierReport } from '../audit/baseline.ts'
import type { Waivers } from '../contract/waivers.ts'
import type { Io } from './io.ts'
import type { PassOptions } from './options.ts'
import { readInput, unreadable } from './pipeline.ts'

/** What `--waivers` and `--baseline` name, read for the contract of that id. Throws InputError. */
export async function readPasses(
  { waivers, baseline }: PassOptions,
  contractId: string,
  io: Io,
): Promise<{ readonly waivers?: Waivers; readonly baseline?: EarlierReport }> {
  return {
    ...(waivers !== undefined && { waivers: await readWaivers(waivers, contractId, io) }),
    ...(baseline !== undefined && { baseline: await readBaseline(baseline, contractId, io) }),
  }
}

async function readWaivers(file: string, contractId: string, io: Io): Promise<Waivers> {
  const bytes = await readInput(file, io)
  const { loadWaivers } = await import('../contract/waivers.ts')
  return loadWaivers({ file, bytes }, contractId)
}

/** Of the earlier report only what is needed is kept. */
async function readBaseline(file: string, contractId: string, io: Io): Promise<EarlierReport> {
  const [{ readEarlier }, { earlierReport }, { shortened }] = await Promise.all([
    import('../report/read-earlier.ts'),
    import('../audit/baseline.ts'),
    import('../audit/breaches.ts'),
  ])
  try {
    const { report, sha256 } = await readEarlier(await io.readPieces(file), file, shortened)
    return earlierReport(report, { file, sha256 }, contractId)
  } catch (error) {
    throw error instanceof Error && 'syscall' in error ? unreadable(file, error) : error
  }
}
