import type { Tool } from './formats/format.ts'
import type { Problems } from './problems.ts'
import type { FileReading } from './read-file.ts'

/** Says once for each tool that its listings, which may have been narrowed without showing it, are taken as complete. */
export function warnTakenComplete(readings: readonly FileReading[], problems: readonly Problems[]): void {
  const tools = new Map<string, { tool: Tool; first: Problems; count: number }>()
  for (const [i, { tool, summary, assumed }] of readings.entries()) {
    const own = problems[i]
    const isUsed = summary.counts.some(({ type, used }) => type === 'inventory' && used > 0)
    if (!assumed || !isUsed || tool?.narrowed === undefined || own === undefined) continue
    const known = tools.get(tool.name)
    if (known === undefined) tools.set(tool.name, { tool, first: own, count: 1 })
    else known.count++
  }
  for (const { tool, first, count } of tools.values()) {
    const files = count === 1 ? 'this file' : `this and ${count - 1} more ${count === 2 ? 'file' : 'files'}`
    first.warn({
      code: 'listing-taken-complete',
      message: `${tool.title}: ${files} counted as complete: what a listing made with ${tool.narrowed} leaves out counts as gone`,
      hint: 'if they are complete, say so in a --map file: set: { complete: yes }; else set: { complete: no }',
    })
  }
}
