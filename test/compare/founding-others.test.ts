import { describePairs } from './founding.ts'
import { otherPairs } from './founding-pairs-others.ts'

describePairs(otherPairs)
