import { appendFileSync, createReadStream } from 'node:fs'
import { access, constants, mkdir, readdir, readFile, stat } from 'node:fs/promises'
import manifest from '../../package.json' with { type: 'json' }
import { type Breakable, begun, breakable } from './interrupts.ts'
import { type Place, placeOf } from './real-paths.ts'
import { flushed, gathered, send } from './sending.ts'
import { clearAway, writeTogether, writeWhole } from './whole-files.ts'

/** Where text goes: a terminal, a pipe, a file or a test. */
export interface Sink {
  write(text: string): void
  /** Writes pieces one after the other, each made when there is room; stops quietly when nobody reads on. */
  send(pieces: Iterable<string>): Promise<void>
  readonly isTTY: boolean
  readonly columns?: number
}

/** All of the outside world that a command may touch. Paths are relative to the working directory. */
export interface Io {
  readonly stdin: NodeJS.ReadableStream
  readonly stdout: Sink
  readonly stderr: Sink
  readonly env: Readonly<Record<string, string | undefined>>
  now(): number
  version(): string
  readFile(path: string): Promise<Uint8Array>
  /** A file piece by piece, and its size where it has one beforehand. */
  readPieces(path: string): Promise<{ readonly size?: number; readonly chunks: AsyncIterable<Uint8Array> }>
  /** What is at a path; undefined: nothing. */
  kindOf(path: string): Promise<'file' | 'directory' | 'other' | undefined>
  /** Which file a path means, links followed, be it there or not. */
  placeOf(path: string): Promise<Place>
  /** Whether there is permission to make files in a directory. */
  canWrite(directory: string): Promise<boolean>
  /** The working directory, absolute. */
  directory(): string
  /** Names of what is in a directory, sorted. */
  namesIn(directory: string): Promise<readonly string[]>
  /** Makes a directory and those above it, where they are missing. */
  makeDirectory(path: string): Promise<void>
  /** Adds text to the end of a file, which is made if need be. */
  append(path: string, text: string): Promise<void>
  /** Writes a file whole or not at all: a temporary file beside it, synced, then renamed over it. */
  writeWhole(path: string, pieces: Iterable<string>): Promise<void>
  /**
   * Writes files, by their names, into a directory (made where it is missing), each whole, and removes the `stale` ones
   * that are not among them: all of it, or nothing.
   */
  writeTogether(directory: string, texts: ReadonlyMap<string, string>, stale: readonly string[]): Promise<void>
  /** Runs work that does not give way to anything else for long; Ctrl-C breaks it off and ends the program. */
  breakable<T>(work: () => T): Promise<T>
  /**
   * Shows one line that the next one takes the place of, '' for none; all other output removes it first. Absent where
   * stderr is no terminal.
   */
  status?(text: string): void
}

export interface ProcessIo extends Io {
  /** Waits until all that was written has left; says why if some of it could not, a closed pipe apart. */
  settle(): Promise<string | undefined>
}

/**
 * The real process. A reader that hangs up (`| head -1`) is no fault; Ctrl-C ends with 130, a request to terminate with
 * 143 and a terminal that closes with 129, and none leaves litter.
 */
export function processIo(): ProcessIo {
  const problems: Error[] = []
  const litter = new Set<string>()
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') problems.push(error)
    })
  }
  const status = process.stderr.isTTY ? statusLine(process.stderr) : undefined
  const clear = (): void => status?.('')
  const end = (code: number): never => {
    clearAway(litter)
    clear()
    process.exit(code)
  }
  process.on('SIGINT', () => end(130))
  process.on('SIGTERM', () => end(143))
  process.on('SIGHUP', () => end(129))
  const run: Breakable = work => breakable(work, () => end(130))
  return {
    stdin: process.stdin,
    stdout: sink(process.stdout, run, clear),
    stderr: sink(process.stderr, run, clear),
    env: process.env,
    now: () => Date.now(),
    version: () => manifest.version,
    readFile: path => readFile(path),
    readPieces,
    kindOf,
    placeOf,
    canWrite,
    directory: () => process.cwd(),
    makeDirectory: async path => void (await mkdir(path, { recursive: true })),
    namesIn: async directory => (await readdir(directory)).sort(),
    // At once: an interrupt can't leave half of it.
    append: async (path, text) => appendFileSync(path, text),
    writeWhole: async (path, pieces) => writeWhole(path, await begun(gathered(pieces), run), litter, process.pid),
    writeTogether: (directory, texts, stale) => writeTogether(directory, texts, stale, litter, process.pid),
    breakable: run,
    ...(status !== undefined && { status }),
    settle: async () => {
      clear()
      await Promise.all([flushed(process.stdout), flushed(process.stderr)])
      return problems[0]?.message
    },
  }
}

/** Arguments after the program's name. */
export function processArguments(): readonly string[] {
  return process.argv.slice(2)
}

function sink(stream: NodeJS.WriteStream, run: Breakable, before: () => void): Sink {
  return {
    write(text) {
      before()
      stream.write(text)
    },
    async send(pieces) {
      const texts = await begun(gathered(pieces), run)
      before()
      await send(stream, texts)
    },
    isTTY: stream.isTTY === true,
    ...(stream.isTTY && { columns: stream.columns }),
  }
}

/** Cut to the width of the terminal: of a line that runs on into a second one only that would be rewritten. */
function statusLine(stream: NodeJS.WriteStream): (text: string) => void {
  let shown = ''
  return text => {
    if (text === shown) return
    shown = text
    stream.write(`\r${ERASE_LINE}${text.slice(0, (stream.columns || 80) - 1)}`)
  }
}

const ERASE_LINE = '\u001b[K'

async function readPieces(path: string) {
  const found = await stat(path)
  // What a directory can't do fails on reading.
  return { ...(found.isFile() && { size: found.size }), chunks: createReadStream(path, { highWaterMark: 1 << 20 }) }
}

async function kindOf(path: string): Promise<'file' | 'directory' | 'other' | undefined> {
  try {
    const found = await stat(path)
    return found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other'
  } catch {
    return undefined
  }
}

async function canWrite(directory: string): Promise<boolean> {
  return access(directory, constants.W_OK).then(
    () => true,
    () => false,
  )
}
