#!/usr/bin/env node
import { readFileSync } from 'node:fs'

const argument = process.argv[2]
if (process.argv.length === 3 && (argument === '--version' || argument === '-V')) {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  process.stdout.write(`${version}\n`)
} else {
  const { start } = await import('../dist/main.js')
  process.exitCode = await start()
}
