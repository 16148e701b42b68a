import type { Command } from 'commander'
import { bashScript } from './completion-bash.ts'
import { fishScript } from './completion-fish.ts'
import { type CommandTree, completionTree } from './completion-tree.ts'
import { zshScript } from './completion-zsh.ts'
import type { Io } from './io.ts'
import { usageError } from './usage.ts'

/** `sla completion`: a script that completes the commands, options and values of a program in a shell. */
export async function completion(shell: string, program: Command, io: Io): Promise<number> {
  const script = SCRIPTS[shell]
  if (script === undefined) {
    throw usageError(`completion: no script for "${shell}"`, `shells: ${Object.keys(SCRIPTS).join(', ')}`)
  }
  await io.stdout.send([script(completionTree(program))])
  return 0
}

const SCRIPTS: Readonly<Record<string, (commands: readonly CommandTree[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
}
