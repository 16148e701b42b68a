import { describePairs } from './founding.ts'
import { platformPairs } from './founding-pairs-platform.ts'

describePairs(platformPairs)
