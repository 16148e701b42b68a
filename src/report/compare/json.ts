import type { Comparison } from '../../model/comparison.ts'
import { jsonText } from '../json.ts'

/** The comparison as it stands, as JSON with a final line break; true values. */
export function renderComparisonJson(comparison: Comparison): string {
  return `${jsonText(comparison)}\n`
}
