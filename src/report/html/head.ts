import { printable } from '../printable.ts'
import { escaped } from './escape.ts'
import { styleSheet } from './style.ts'

/** What a page is called, what stands at the top of each printed one, and rules of its own beside those of all. */
export interface PageHead {
  readonly title: string
  readonly running: string
  readonly asOf: string
  readonly generator: string
  readonly rules?: string
}

/** The start of a page up to its body: nothing may be loaded or run. */
export function pageHead({ title, running, asOf, generator, rules = '' }: PageHead): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="${escaped(generator)}">
<title>${escaped(title)}</title>
<style>
${styleSheet(printable(running), asOf)}${rules}</style>
</head>
`
}
