import { createRequire } from 'node:module'
import type { CvssVersion } from '../vulnerabilities/records.ts'
import { remember } from './remember.ts'
import { parseVector } from './vector.ts'

/**
 * What a vector comes to, 0 to 10 with one decimal: `7.5`, `10.0`. Versions 2.0, 3.0, 3.1: the base score; 4.0: the
 * score of all metrics given, its only one. Undefined: `parseVector` refuses the vector.
 */
export const scoreOf: (text: string) => string | undefined = remember(text => {
  const vector = parseVector(text)
  if ('problem' in vector) return undefined
  const Vector = calculator()[CLASSES[vector.version]]
  const { base } = new Vector(vector.canonical).calculateScores()
  if (base === undefined || !Number.isFinite(base)) throw new Error(`no score for ${vector.canonical}`)
  return base.toFixed(1)
})

const CLASSES = { '2.0': 'Cvss2', '3.0': 'Cvss3P0', '3.1': 'Cvss3P1', '4.0': 'Cvss4P0' } as const

/** `overall` of 2.0 and 3.x has temporal and environmental metrics in it; `base` of 4.0 is the score of all metrics. */
type Calculator = Record<
  (typeof CLASSES)[CvssVersion],
  new (
    vector: string,
  ) => { calculateScores(): { readonly base?: number } }
>

let loaded: Calculator | undefined

// The package is CommonJS without names that an import could see, and most evidence states its scores.
function calculator(): Calculator {
  loaded ??= createRequire(import.meta.url)('ae-cvss-calculator') as Calculator
  return loaded
}
