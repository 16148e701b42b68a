import { field, text } from './values.ts'

/**
 * The priority that an issue's labels name: a label that the mapping gives a meaning, else one like `P1`,
 * `priority: high`, `severity/2`. `''` without one, `?` where several disagree.
 */
export function priorityIn(labels: readonly unknown[], mapped: ReadonlySet<string>): string {
  const names = labels.map(nameOf).filter(name => name !== undefined)
  const known = names.filter(name => mapped.has(name))
  const found = new Set(known.length > 0 ? known : names.map(priorityOf).filter(name => name !== undefined))
  return found.size > 1 ? '?' : ([...found][0] ?? '')
}

/** The priority that one label names, if any. */
export function priorityOfLabel(label: unknown, mapped: ReadonlySet<string>): string | undefined {
  const name = nameOf(label)
  return name === undefined ? undefined : mapped.has(name) ? name : priorityOf(name)
}

export function labelNames(labels: readonly unknown[]): string {
  return labels.map(label => nameOf(label) ?? '').join(' ')
}

function nameOf(label: unknown): string | undefined {
  return (typeof label === 'string' ? label : text(field(label, 'name')))?.trim()
}

function priorityOf(label: string): string | undefined {
  if (/^p[0-9]$/i.test(label)) return label.toUpperCase()
  return /^(?:priority|prio|severity|sev)\s*[:/=_ -]\s*(\S.*)$/i.exec(label)?.[1]
}
