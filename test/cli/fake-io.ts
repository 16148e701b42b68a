import { basename, dirname, join, normalize, resolve } from 'node:path'
import { Readable } from 'node:stream'
import type { Io, Sink } from '../../src/cli/io.ts'

export interface FakeIo extends Io {
  readonly out: string[]
  readonly err: string[]
  readonly files: Map<string, string>
}

/** An outside world made of a map of files; writes land in `out`, `err` and `files`. */
export function fakeIo(files: Readonly<Record<string, string>> = {}, env: Io['env'] = {}): FakeIo {
  const out: string[] = []
  const err: string[] = []
  const stored = new Map(Object.entries(files))
  return {
    out,
    err,
    files: stored,
    env,
    stdin: Readable.from([]),
    stdout: sinkInto(out),
    stderr: sinkInto(err),
    now: () => 1_780_383_600_000,
    version: () => '9.9.9',
    readFile: async path => {
      const text = stored.get(path)
      if (text === undefined) throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' })
      return new TextEncoder().encode(text)
    },
    readPieces: async path => {
      const text = stored.get(path)
      if (text === undefined) throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT', syscall: 'open' })
      return { chunks: Readable.from([new TextEncoder().encode(text)]) }
    },
    kindOf: async path => (stored.has(path) ? 'file' : path === '.' || path === 'out' ? 'directory' : undefined),
    placeOf: async path => ({ real: resolve('/home/acme', path) }),
    canWrite: async () => true,
    directory: () => '/home/acme',
    namesIn: async directory =>
      [...stored.keys()]
        .filter(path => dirname(path) === normalize(directory))
        .map(path => basename(path))
        .sort(),
    writeTogether: async (directory, texts, stale) => {
      for (const name of stale) stored.delete(join(directory, name))
      for (const [name, text] of texts) stored.set(join(directory, name), text)
    },
    makeDirectory: async () => undefined,
    append: async (path, text) => void stored.set(path, (stored.get(path) ?? '') + text),
    breakable: async work => work(),
    writeWhole: async (path, pieces) => void stored.set(path, [...pieces].join('')),
  }
}

function sinkInto(texts: string[]): Sink {
  return {
    isTTY: false,
    write: text => void texts.push(text),
    send: async pieces => void texts.push(...pieces),
  }
}
