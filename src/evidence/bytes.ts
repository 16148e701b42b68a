import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

export const LF = 10
export const CR = 13
export const QUOTE = 34

/** One evidence file's bytes: unpacked chunks in order, and what is known of the file on disk once they are read. */
export interface ByteStream {
  readonly compressed: boolean
  readonly chunks: AsyncIterable<Buffer>
  /** How many bytes of the file, as they lie on disk, were read so far. */
  read(): number
  /** Reads what is left and gives the size and SHA-256 (hex) of the bytes as they lie on disk. */
  finish(): Promise<{ readonly bytes: number; readonly sha256: string }>
}

/** Opens a file, or standard input for `-`; gzip is told by its first bytes. Rejects with the system's error. */
export async function openBytes(path: string, stdin: AsyncIterable<string | Uint8Array>): Promise<ByteStream> {
  const hash = createHash('sha256')
  let bytes = 0
  const stream: AsyncIterable<string | Uint8Array> =
    path === '-' ? stdin : createReadStream(path, { highWaterMark: CHUNK })
  const source = stream[Symbol.asyncIterator]()

  async function nextRaw(): Promise<Buffer | undefined> {
    for (;;) {
      const { done, value } = await source.next()
      if (done === true) return undefined
      const chunk =
        typeof value === 'string' ? Buffer.from(value) : Buffer.from(value.buffer, value.byteOffset, value.length)
      if (chunk.length === 0) continue
      hash.update(chunk)
      bytes += chunk.length
      return chunk
    }
  }

  let head = (await nextRaw()) ?? Buffer.alloc(0)
  while (head.length < 2) {
    const more = await nextRaw()
    if (more === undefined) break
    head = Buffer.concat([head, more])
  }
  const compressed = head[0] === 0x1f && head[1] === 0x8b

  async function* raw(): AsyncGenerator<Buffer> {
    if (head.length > 0) yield head
    for (let chunk = await nextRaw(); chunk !== undefined; chunk = await nextRaw()) yield chunk
  }

  return {
    compressed,
    chunks: compressed ? unpacked(raw()) : raw(),
    read: () => bytes,
    async finish() {
      while ((await nextRaw()) !== undefined);
      return { bytes, sha256: hash.digest('hex') }
    },
  }
}

/** What is wrong with bytes as text; undefined when they are UTF-8 without NUL. */
export function textFlaw(bytes: Buffer): { readonly code: string; readonly message: string } | undefined {
  if (bytes.includes(0)) return { code: 'binary-file', message: 'this is a binary file: it holds a NUL byte' }
  if (!isUtf8(bytes)) return { code: 'not-utf8', message: 'this is not UTF-8 text' }
  return undefined
}

/** A UTF-8 byte order mark. */
export function startsWithBom(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}

/** A UTF-16 byte order mark. */
export function isUtf16(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
}

const CHUNK = 256 * 1024

async function* unpacked(raw: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const packed = Readable.from(raw, { objectMode: false })
  const gunzip = createGunzip({ chunkSize: CHUNK })
  packed.on('error', error => gunzip.destroy(error))
  packed.pipe(gunzip)
  try {
    for await (const chunk of gunzip) yield chunk as Buffer
  } finally {
    packed.destroy()
    gunzip.destroy()
  }
}
