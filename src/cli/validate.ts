import type { Contract } from '../contract/contract.ts'
import { type Diagnostic, InputError } from '../model/diagnostic.ts'
import { formatDiagnostics } from '../report/diagnostics.ts'
import { jsonText } from '../report/json.ts'
import { clean, unheeded } from '../report/printable.ts'
import type { Page } from '../report/view.ts'
import { documentKind } from './documents.ts'
import type { Io } from './io.ts'
import type { CommonOptions } from './options.ts'
import { pageFor } from './pages.ts'
import { readContract, readInput } from './pipeline.ts'

export interface ValidateOptions extends CommonOptions {
  readonly strict?: boolean
}

/** `sla validate`: one line per valid contract, waiver or alignment file, all diagnostics of the others; returns 0, 1 invalid, 3 unreadable. */
export async function validate(files: readonly string[], options: ValidateOptions, io: Io): Promise<number> {
  const results: Result[] = []
  for (const file of files) results.push(await check(file, options.strict === true, io))
  if (options.format === 'json') {
    const plain = results.map(({ unreadable: _, ...result }) => result)
    io.stdout.write(`${jsonText(plain)}\n`)
  } else {
    const page = await pageFor(io.stdout, io, options)
    io.stdout.write(unheeded(results.map(result => text(result, options, page)).join('')))
  }
  if (results.some(result => result.unreadable)) return 3
  return results.some(result => !result.valid) ? 1 : 0
}

interface Result {
  readonly file: string
  readonly valid: boolean
  readonly unreadable: boolean
  /** Number of clauses by kind, in the contract's order. */
  readonly kinds: Readonly<Record<string, number>>
  readonly diagnostics: readonly Diagnostic[]
  /** Of a waiver file in place of a contract: how many it holds. */
  readonly waivers?: number
  /** Of an alignment file: how many names and promises of contracts it places. */
  readonly aligned?: number
}

async function check(file: string, strict: boolean, io: Io): Promise<Result> {
  try {
    const beside = await besideContract(file, io)
    if (beside !== undefined) {
      return { file, valid: true, unreadable: false, kinds: {}, diagnostics: [], ...beside }
    }
    const contract = await readContract(file, strict, io)
    return { file, valid: true, unreadable: false, kinds: countKinds(contract), diagnostics: contract.warnings }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    const unreadable = error.diagnostics.some(diagnostic => diagnostic.code === 'unreadable')
    return { file, valid: false, unreadable, kinds: {}, diagnostics: error.diagnostics }
  }
}

/** How much a waiver or alignment file holds; undefined for what is neither. Throws InputError. */
async function besideContract(file: string, io: Io): Promise<Pick<Result, 'waivers' | 'aligned'> | undefined> {
  const bytes = await readInput(file, io)
  const kind = documentKind(bytes)
  if (kind === 'Alignment') {
    const { loadAlignment } = await import('../contract/alignment.ts')
    const { names, rows } = loadAlignment({ file, bytes })
    return { aligned: Object.values(names).reduce((sum, pairs) => sum + pairs.length, rows.length) }
  }
  if (kind !== 'Waivers') return undefined
  const [{ readYaml }, { loadWaivers }] = await Promise.all([
    import('../contract/yaml.ts'),
    import('../contract/waivers.ts'),
  ])
  // Of whichever contract it is.
  const { contract } = readYaml(file, bytes).data
  return { waivers: loadWaivers({ file, bytes }, typeof contract === 'string' ? contract : '').entries.length }
}

function countKinds(contract: Contract): Record<string, number> {
  const counts = new Map<string, number>()
  for (const { kind } of contract.clauses) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return Object.fromEntries(counts)
}

function text(result: Result, options: ValidateOptions, page: Page): string {
  const shown = result.valid && options.quiet === true ? [] : result.diagnostics
  const diagnostics = formatDiagnostics(shown, page)
  if (!result.valid) return diagnostics
  if (result.waivers !== undefined) {
    const waivers = `${result.waivers} ${result.waivers === 1 ? 'waiver' : 'waivers'}`
    return `${clean(`${result.file}: valid, ${waivers}`, page)}\n`
  }
  if (result.aligned !== undefined) {
    const names = `${result.aligned} ${result.aligned === 1 ? 'name' : 'names'} aligned`
    return `${clean(`${result.file}: valid, ${names}`, page)}\n`
  }
  const counts = Object.entries(result.kinds)
  const total = counts.reduce((sum, [, count]) => sum + count, 0)
  const kinds = counts.map(([kind, count]) => `${count} ${kind}`).join(', ')
  const clauses = `${total} ${total === 1 ? 'clause' : 'clauses'}${kinds === '' ? '' : ` (${kinds})`}`
  return `${diagnostics}${clean(`${result.file}: valid, ${clauses}`, page)}\n`
}
