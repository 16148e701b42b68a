import { InputError } from '../model/diagnostic.ts'
import { BAD_INPUT, INTERNAL, USAGE } from './exit-codes.ts'
import type { Io } from './io.ts'
import { isUsageError } from './usage.ts'

/** Runs in the real process and returns the exit code, once all output has left. */
export async function start(): Promise<number> {
  const { processArguments, processIo } = await import('./io.ts')
  const io = processIo()
  const code = await main(processArguments(), io)
  const failure = await io.settle()
  if (failure === undefined) return code
  io.stderr.write(`output could not be written: ${failure}\n`)
  return INTERNAL
}

/** Runs one command line (without the program's name) and returns the exit code. Never throws. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let code = 0
  try {
    const { buildProgram } = await import('./program.ts')
    const program = buildProgram(io, result => {
      code = result
    })
    await program.parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    return report(error, argv, io)
  }
}

async function report(error: unknown, argv: readonly string[], io: Io): Promise<number> {
  if (isCommanderError(error)) return error.exitCode === 0 ? 0 : USAGE
  const { pageFor } = await import('./pages.ts')
  if (isUsageError(error)) {
    const { clean } = await import('../report/printable.ts')
    const page = await pageFor(io.stderr, io, {})
    const hint = error.hint === undefined ? '' : `${clean(error.hint, page)}\n`
    io.stderr.write(`error: ${clean(error.message, page)}\n${hint}`)
    return USAGE
  }
  if (error instanceof InputError) {
    const { formatDiagnostics } = await import('../report/diagnostics.ts')
    const color = argv.includes('--no-color') ? false : argv.includes('--color') ? true : undefined
    const page = await pageFor(io.stderr, io, color === undefined ? {} : { color })
    io.stderr.write(formatDiagnostics(error.diagnostics, page))
    return BAD_INPUT
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
  io.stderr.write(`internal fault, please report it with what led to it (sla ${io.version()}):\n${trace}\n`)
  return INTERNAL
}

/** Told by shape, so that commander isn't loaded just to ask. */
function isCommanderError(error: unknown): error is Error & { readonly exitCode: number } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.') && 'exitCode' in error
}
