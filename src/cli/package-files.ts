import { fileURLToPath } from 'node:url'

/**
 * Where a file of the package is, by its path from the package's folder. The sources (`src/cli`) and what they are
 * built into (`dist/chunks`) both lie two folders below that.
 */
export function packageFile(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url))
}
