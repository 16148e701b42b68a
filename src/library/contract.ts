import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { clauseKinds } from '../clauses/index.ts'
import type { Contract } from '../contract/contract.ts'
import { loadContract as load } from '../contract/load.ts'
import { readSource, type Source } from './sources.ts'

export interface ContractOptions {
  /** Doubts about the contract are errors; without it they are its `warnings`. */
  readonly strict?: boolean
}

/**
 * Reads and checks a contract (YAML or JSON); files that it names are looked for beside it. Rejects with an InputError
 * that holds everything that is wrong, in the order of the file.
 */
export async function loadContract(source: Source, options: ContractOptions = {}): Promise<Contract> {
  const { file, bytes } = await readSource(source)
  return load({ file, bytes }, clauseKinds, {
    strict: options.strict ?? false,
    readFile: path => readFile(join(dirname(file), path)),
  })
}
