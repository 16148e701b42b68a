// Of the declarations that tsc wrote only those stay that the library's own lead to.
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const folder = resolve(process.argv[2] ?? 'dist/types')
const needed = new Set()
const open = [join(folder, 'index.d.ts')]
for (let file = open.pop(); file !== undefined; file = open.pop()) {
  if (needed.has(file)) continue
  needed.add(file)
  for (const [, name] of readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*['"](\.[^'"]*)['"]/g)) {
    const next = resolve(dirname(file), name.replace(/\.[jt]s$/, '.d.ts'))
    if (!existsSync(next)) throw new Error(`${file} names ${name}, which is not there`)
    open.push(next)
  }
}
prune(folder)

function prune(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) prune(path)
    else if (!needed.has(path)) rmSync(path)
  }
  if (readdirSync(directory).length === 0) rmdirSync(directory)
}
