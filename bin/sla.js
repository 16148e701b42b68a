#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs'

const argument = process.argv[2]
const program = new URL('../dist/main.js', import.meta.url)
if (process.argv.length === 3 && (argument === '--version' || argument === '-V')) {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  process.stdout.write(`${version}\n`)
} else if (existsSync(program)) {
  const { start } = await import(program.href)
  process.exitCode = await start()
} else {
  process.stderr.write('sla is not built yet: run npm ci && npm run build\n')
  process.exitCode = 70
}
