import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The folder that holds the package. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

export interface CliResult {
  /** Exit code; null when a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the built `bin/sla.js` with the zone and the date of the test run; `cwd` is the package's folder if not given. */
export function runCli(
  args: readonly string[],
  options: {
    readonly env?: Readonly<Record<string, string>>
    readonly input?: string | Uint8Array
    readonly cwd?: string
  } = {},
): CliResult {
  // Certificates named there are read at every start of Node and slow it down.
  const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env
  const clock = new URL('./fake-clock.mjs', import.meta.url).href
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    ['--import', clock, `${root}bin/sla.js`, ...args],
    {
      cwd: options.cwd ?? root,
      env: { ...inherited, ...options.env },
      ...(options.input !== undefined && { input: options.input }),
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
    },
  )
  if (error !== undefined) throw error
  return { code: status, stdout, stderr }
}
