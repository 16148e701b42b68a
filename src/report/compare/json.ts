import type { Comparison } from '../../model/comparison.ts'
import { jsonText } from '../json.ts'
import { differing } from './different.ts'
import type { CompareView } from './index.ts'

/** The comparison as it stands, as JSON with a final line break; true values. */
export function renderComparisonJson(comparison: Comparison, view: CompareView): string {
  return `${jsonText(differing(comparison, view))}\n`
}
