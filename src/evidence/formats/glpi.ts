import { firstFormat } from '../time-format.ts'
import type { Preset } from './format.ts'

/**
 * The CSV of GLPI's ticket search: semicolons, the columns that the list shows, in the user's language (English and
 * French are known), times `29-02-2024 09:05` or `2024-02-29 09:05` by the user's preference on GLPI's own clock.
 * Taken: ID, priority, status, opening, resolution and closing date. Not told: replies, pauses, former priorities.
 */
export const glpi: Preset = {
  name: 'glpi',
  title: 'GLPI tickets (CSV)',
  notes: [
    'days before months: where GLPI shows months first, say time-format: "MM-DD-YYYY HH:mm" with --map',
    'GLPI gives no time of the first reply: response is not known',
  ],
  fits: headers =>
    headers.includes('ID') &&
    (headers.includes('Opening date') || headers.includes("Date d'ouverture")) &&
    (headers.includes('Priority') || headers.includes('Priorité')),
  mapping: {
    preset: 'glpi',
    as: 'ticket',
    columns: new Map([
      ['ID', 'id'],
      ['Priority', 'priority'],
      ['Priorité', 'priority'],
      ['Status', 'status'],
      ['Statut', 'status'],
      ['Opening date', 'opened_at'],
      ["Date d'ouverture", 'opened_at'],
      ['Resolution date', 'resolved_at'],
      ['Date de résolution', 'resolved_at'],
      ['Closing date', 'closed_at'],
      ['Date de clôture', 'closed_at'],
    ]),
    values: new Map(),
    ...firstFormat('DD-MM-YYYY HH:mm[:ss]', 'YYYY-MM-DD HH:mm[:ss]', 'rfc3339'),
  },
}
