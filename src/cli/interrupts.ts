import { Script } from 'node:vm'

const WORK = Symbol.for('sla: work under way')
const script = new Script(`globalThis[Symbol.for('${WORK.description}')]()`, { filename: 'sla' })

export type Breakable = <T>(work: () => T) => Promise<T>

/**
 * Runs work that does not give way to anything else. A handler of Ctrl-C would have to wait for its end: here Ctrl-C
 * breaks it off and calls `interrupted` in its place. Whatever was pressed before is handled before.
 */
export async function breakable<T>(work: () => T, interrupted: () => never): Promise<T> {
  // Handlers are taken away meanwhile, and a signal that waits for its turn with them: the first turn may be past the
  // place where signals are looked for, the second begins before it.
  for (let turn = 0; turn < 2; turn++) await new Promise(done => setImmediate(done))
  const place = globalThis as { [WORK]?: () => T }
  place[WORK] = work
  try {
    return script.runInThisContext({ breakOnSigint: true, displayErrors: false }) as T
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED') interrupted()
    throw error
  } finally {
    delete place[WORK]
  }
}

/** The same items, the first of which is made already, in a way that can be broken off: that may take long. */
export async function begun<T>(items: Iterable<T>, run: Breakable): Promise<Iterable<T>> {
  const iterator = items[Symbol.iterator]()
  const first = await run(() => iterator.next())
  return (function* () {
    if (first.done === true) return
    yield first.value
    yield* { [Symbol.iterator]: () => iterator }
  })()
}
