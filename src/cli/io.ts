import { unlinkSync } from 'node:fs'
import { type FileHandle, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import manifest from '../../package.json' with { type: 'json' }

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
  /** What is at a path; undefined: nothing. */
  kindOf(path: string): Promise<'file' | 'directory' | 'other' | undefined>
  /** Writes a file whole or not at all: a temporary file beside it, synced, then renamed over it. */
  writeWhole(path: string, pieces: Iterable<string>): Promise<void>
}

export interface ProcessIo extends Io {
  /** Waits until all that was written has left; says why if some of it could not, a closed pipe apart. */
  settle(): Promise<string | undefined>
}

/** The real process. A reader that hangs up (`| head -1`) is no fault; Ctrl-C ends with 130 and leaves no litter. */
export function processIo(): ProcessIo {
  const problems: Error[] = []
  const litter = new Set<string>()
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') problems.push(error)
    })
  }
  process.once('SIGINT', () => interrupted(litter))
  return {
    stdin: process.stdin,
    stdout: sink(process.stdout),
    stderr: sink(process.stderr),
    env: process.env,
    now: () => Date.now(),
    version: () => manifest.version,
    readFile: path => readFile(path),
    kindOf,
    writeWhole: (path, pieces) => writeWhole(path, pieces, litter),
    settle: async () => {
      await Promise.all([flushed(process.stdout), flushed(process.stderr)])
      return problems[0]?.message
    },
  }
}

/** Arguments after the program's name. */
export function processArguments(): readonly string[] {
  return process.argv.slice(2)
}

function sink(stream: NodeJS.WriteStream): Sink {
  return {
    write: text => void stream.write(text),
    send: pieces => send(stream, pieces),
    isTTY: stream.isTTY === true,
    ...(stream.isTTY && { columns: stream.columns }),
  }
}

/** Pieces put together to at least so many UTF-16 units (the last one apart): not one system call for each. */
export function* gathered(pieces: Iterable<string>, least = 1 << 16): Iterable<string> {
  let text = ''
  for (const piece of pieces) {
    text += piece
    if (text.length < least) continue
    yield text
    text = ''
  }
  if (text !== '') yield text
}

async function send(stream: NodeJS.WriteStream, pieces: Iterable<string>): Promise<void> {
  let broken = false
  const breaks = (): void => {
    broken = true
  }
  stream.once('error', breaks)
  try {
    for (const text of gathered(pieces)) {
      if (!stream.write(text)) await room(stream)
      // A closed pipe and an interrupt are told between two turns only.
      await new Promise(done => setImmediate(done))
      if (broken || stream.destroyed) return
    }
  } finally {
    stream.off('error', breaks)
  }
}

/** Until the stream takes more, or never will. */
function room(stream: NodeJS.WriteStream): Promise<void> {
  if (!stream.writableNeedDrain || stream.destroyed) return Promise.resolve()
  return new Promise(done => {
    const end = (): void => {
      for (const event of EVENTS) stream.off(event, end)
      done()
    }
    for (const event of EVENTS) stream.once(event, end)
  })
}

const EVENTS = ['drain', 'error', 'close']

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise(done => stream.write('', () => done()))
}

function interrupted(litter: ReadonlySet<string>): never {
  for (const path of litter) {
    try {
      unlinkSync(path)
    } catch {
      // Already renamed or never made: nothing to clear away.
    }
  }
  process.exit(130)
}

async function kindOf(path: string): Promise<'file' | 'directory' | 'other' | undefined> {
  try {
    const found = await stat(path)
    return found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other'
  } catch {
    return undefined
  }
}

async function writeWhole(path: string, pieces: Iterable<string>, litter: Set<string>): Promise<void> {
  // Through a symbolic link the file it points to is replaced, not the link.
  const target = await realpath(path).catch(() => path)
  const mode = await stat(target)
    .then(found => found.mode & 0o777)
    .catch(() => 0o666)
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`)
  let file: FileHandle | undefined
  litter.add(temporary)
  try {
    file = await open(temporary, 'wx', mode)
    for (const text of gathered(pieces)) await file.writeFile(text)
    await file.sync()
    await file.close()
    file = undefined
    await rename(temporary, target)
  } catch (error) {
    await file?.close()
    await rm(temporary, { force: true })
    throw error
  } finally {
    litter.delete(temporary)
  }
}
