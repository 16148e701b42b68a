import { spawn } from 'node:child_process'

/** What a pseudo-terminal showed, escape sequences and all, and the exit code of the command. */
export interface Shown {
  readonly text: string
  readonly code: number | null
}

/** How the terminal erases the line that the cursor stands in. */
export const ERASED = '\r\u001b[K'

/** Runs a shell command in a pseudo-terminal. `answer` sees all that was shown so far and gives keys to press. */
export function inTerminal(
  command: string,
  options: {
    readonly cwd: string
    readonly env?: Readonly<Record<string, string>>
    readonly answer?: (text: string) => string | undefined
  },
): Promise<Shown> {
  // Certificates named there are read at every start of Node and slow it down.
  const { NODE_EXTRA_CA_CERTS: _, CI: __, ...inherited } = process.env
  const env = { ...inherited, TERM: 'xterm', ...options.env }
  const child = spawn('script', ['-qefc', command, '/dev/null'], { cwd: options.cwd, env })
  let text = ''
  const look = () => {
    const keys = options.answer?.(text)
    if (keys !== undefined) child.stdin.write(keys)
  }
  const timer = setInterval(look, 5)
  child.stdout.setEncoding('utf8').on('data', piece => {
    text += piece
    look()
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => {
      clearInterval(timer)
      resolve({ text, code })
    })
  })
}
