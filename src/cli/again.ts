import { shellWord } from '../report/shell.ts'
import type { EvidenceOptions, PassOptions } from './options.ts'

/** The arguments that repeat an audit, each quoted for a POSIX shell: `acme.yaml`, `outages.csv`, `--period` … */
export function againArguments(
  contract: string,
  evidence: readonly string[],
  options: EvidenceOptions & PassOptions,
): readonly string[] {
  const words = [contract, ...evidence]
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined) words.push(name, value)
  }
  add('--period', options.period)
  add('--as-of', options.asOf)
  if (options.ignoreTerm === true) words.push('--ignore-term')
  add('--tz', options.tz)
  add('--map', options.map)
  add('--as', options.as)
  for (const taken of options.takenAt ?? []) add('--taken-at', taken)
  add('--assume-complete', options.assumeComplete?.join(','))
  if (options.risk !== 90) add('--risk', String(options.risk))
  if (options.onBadRow === 'skip') add('--on-bad-row', 'skip')
  add('--waivers', options.waivers)
  add('--baseline', options.baseline)
  return words.map(shellWord)
}
