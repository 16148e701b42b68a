import { createHash } from 'node:crypto'
import { InputError } from '../model/diagnostic.ts'
import type { Told } from '../model/finding.ts'
import type { Interval } from '../model/interval.ts'
import { type EarlierLines, earlierLines, headOf } from './earlier-lines.ts'
import { LONGEST, readReport } from './read-report.ts'

/** As much of an earlier report as a baseline needs; of an NDJSON report only the breaches are among its findings. */
export interface EarlierRead {
  readonly contract: { readonly id: string }
  readonly asOf: number
  readonly period: Interval & { readonly text: string }
  readonly clauses: readonly { readonly findings: Iterable<Told> }[]
}

/** Bytes in pieces, and how many they are where that is known beforehand. */
export interface Bytes {
  readonly size?: number
  readonly chunks: AsyncIterable<Uint8Array>
}

/**
 * A JSON report, or an NDJSON one of any length, which is read line by line; with the SHA-256 of its bytes. Throws
 * InputError where it is neither. `shorten` keeps of a breach what is needed.
 */
export async function readEarlier(
  { size = 0, chunks }: Bytes,
  file: string,
  shorten: (finding: Told) => Told,
): Promise<{ readonly report: EarlierRead; readonly sha256: string }> {
  const hash = createHash('sha256')
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const whole: Uint8Array[] = []
  let held = 0
  let lines: EarlierLines | undefined
  let isWhole = false
  let rest = ''
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
    } catch {
      throw refused('not-text', `${file} isn't UTF-8 text`)
    }
  }
  const take = (text: string): void => {
    const parts = text.split('\n')
    parts[0] = rest + (parts[0] ?? '')
    rest = parts.pop() ?? ''
    for (const line of parts) lines?.add(line)
  }
  for await (const chunk of chunks) {
    hash.update(chunk)
    if (lines !== undefined) {
      take(decode(chunk))
      continue
    }
    whole.push(chunk)
    held += chunk.length
    // The first line tells which of both it is.
    if (!isWhole && (chunk.includes(LF) || held > LONGEST_HEAD)) {
      const start = joined(whole)
      const head = headOf(new TextDecoder().decode(start.subarray(0, Math.max(start.indexOf(LF), 0))))
      isWhole = head === undefined
      if (head !== undefined) {
        lines = earlierLines(head, file, shorten)
        whole.length = 0
        take(decode(start))
      }
    }
    if (isWhole && Math.max(size, held) > LONGEST) throw refused('too-large', `${file} is larger than 512 MiB`, NDJSON)
  }
  const sha256 = hash.digest('hex')
  if (lines === undefined) return { report: readReport(joined(whole), file), sha256 }
  take(decode())
  if (rest !== '') throw refused('not-json', `${file} ends in the middle of a line`, 'it is cut off: write it anew')
  return { report: lines.report(), sha256 }
}

const LF = 10

/** The first line of a report has no findings in it. */
const LONGEST_HEAD = 64 * 1024 * 1024

const NDJSON = 'as a baseline an NDJSON report may be of any size: sla audit … -o report.ndjson'

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks
  return only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks)
}

function refused(code: string, message: string, hint = 'write it anew with sla audit … -o report.json'): InputError {
  return new InputError([{ code, severity: 'error', message, hint }])
}
