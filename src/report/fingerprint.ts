import { createHash } from 'node:crypto'

/** What a finding of a contract is known by from run to run: neither rows nor figures change it. 64 hexadecimal digits. */
export function fingerprintOf(contract: string, finding: string): string {
  return createHash('sha256')
    .update(JSON.stringify([contract, finding]))
    .digest('hex')
}
