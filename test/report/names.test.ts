import { expect, it } from 'vitest'
import { shortNames } from '../../src/report/names.ts'

it('names files by the shortest ending that tells them apart', () => {
  const names = (...files: string[]) => [...shortNames(files).values()]
  expect(names('x/outages.csv')).toEqual(['outages.csv'])
  expect(names('x/outages.csv', 'x/checks.csv', 'x/outages.csv')).toEqual(['outages.csv', 'checks.csv'])
  expect(names('a/b/o.csv', 'c/b/o.csv', 'b/o2.csv')).toEqual(['a/b/o.csv', 'c/b/o.csv', 'o2.csv'])
  // An ending that is another file's whole path stays with neither.
  expect(names('o.csv', 'a/o.csv')).toEqual(['o.csv', 'a/o.csv'])
  expect(names('/o.csv')).toEqual(['o.csv'])
})
