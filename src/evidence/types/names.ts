import type { Shape } from './record-type.ts'

/** Types that are recognised and counted, but whose cells are not read: name, required columns, others. */
export const COUNTED_TYPES: readonly Shape[] = [
  shape('notification', 'incident sent_at', 'stage audience includes reason'),
  shape('event', 'name time', 'id subject'),
  shape('claim', 'clause', 'window amount form', 'sent_at observed_at'),
  shape('correction', 'of field value reason by', ''),
]

/** All record types of the language. */
export const TYPE_NAMES: readonly string[] = [
  'outage',
  'check',
  'requests',
  'measurement',
  'maintenance',
  'ticket',
  'ticket-change',
  'vulnerability',
  'advisory',
  'score',
  'acceptance',
  'vex',
  'known-exploited',
  'epss',
  'scan',
  'backup',
  'backup-copy',
  'backup-deletion',
  'verification',
  'inventory',
  'restore',
  'recovery-point',
  'incident',
  'notification',
  'event',
  'control',
  'claim',
  'correction',
  'coverage',
]

/** The type that a text names: case is free, blanks and `_` count as `-`. */
export function typeName(text: string): string | undefined {
  const name = text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-')
  return TYPE_NAMES.includes(name) ? name : undefined
}

function shape(name: string, required: string, others: string, anyOf = ''): Shape {
  const words = (text: string): string[] => text.split(' ').filter(word => word !== '')
  const columns = [...words(required), ...words(anyOf), ...words(others)].map(column => ({ name: column }))
  const base = { name, required: words(required), columns }
  return anyOf === '' ? base : { ...base, anyOf: words(anyOf) }
}
