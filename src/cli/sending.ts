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

/** Writes texts one after the other, each made when there is room; stops quietly when nobody reads on. */
export async function send(stream: NodeJS.WriteStream, texts: Iterable<string>): Promise<void> {
  let broken = false
  const breaks = (): void => {
    broken = true
  }
  stream.once('error', breaks)
  try {
    for (const text of texts) {
      if (!stream.write(text)) await room(stream)
      // A closed pipe and an interrupt are told between two turns only.
      await new Promise(done => setImmediate(done))
      if (broken || stream.destroyed) return
    }
  } finally {
    stream.off('error', breaks)
  }
}

/** Waits until all that was written to a stream has left. */
export function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise(done => stream.write('', () => done()))
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
