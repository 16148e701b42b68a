import type { Shape } from './record-type.ts'

/** Types that are recognised and counted, but whose cells are not read: name, required columns, others. */
export const COUNTED_TYPES: readonly Shape[] = [
  shape(
    'backup',
    'component',
    'status kind parent location provider region country original expires_at deleted_at id',
    'started_at completed_at',
  ),
  shape('backup-copy', 'backup completed_at', 'started_at status location provider region country deleted_at'),
  shape('backup-deletion', 'backup time', 'location'),
  shape('verification', 'backup time outcome', ''),
  shape(
    'inventory',
    'taken_at backup',
    'location complete component started_at completed_at status kind parent provider region country original expires_at deleted_at id',
  ),
  shape(
    'restore',
    '',
    'completed_at component backup purpose scope source outcome recovered_to failure_at',
    'started_at requested_at',
  ),
  shape('recovery-point', 'time recoverable_to', 'component'),
  shape(
    'incident',
    'id',
    'kind severity detected_at resolved_at recovered_at affects',
    'occurred_at suspected_at declared_at aware_at classified_at confirmed_at dismissed_at fix_available_at',
  ),
  shape('notification', 'incident sent_at', 'stage audience includes reason'),
  shape('event', 'name time', 'id subject'),
  shape('control', 'control performed_at', 'subject outcome value valid_until'),
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
  ...COUNTED_TYPES.map(type => type.name),
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
