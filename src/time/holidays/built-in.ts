import { dayNumber, weekday } from '../civil.ts'
import { easter } from './easter.ts'
import { type HolidayRule, namedDays } from './rule.ts'

/**
 * Legal holidays of `FR` (`FR-57`, `FR-67`, `FR-68` with Alsace-Moselle law), `BE`, `DE` (the nationwide ones) and
 * `DE-BY` … by state law. Days that hold in some municipalities only (Assumption in `DE-BY`) are not among them.
 */
export function holidayRule(code: string): HolidayRule | undefined {
  const entries = RULES[code]
  if (entries === undefined || !Object.hasOwn(RULES, code)) return undefined
  return namedDays(code, year =>
    entries.flatMap(({ name, on }) => {
      const day = on(year)
      return day === undefined ? [] : [{ day, name }]
    }),
  )
}

/** Codes that `holidayRule` knows. */
export function builtInCodes(): readonly string[] {
  return Object.keys(RULES)
}

interface Entry {
  readonly name: string
  readonly on: (year: number) => number | undefined
}

function fixed(name: string, month: number, day: number, since = Number.NEGATIVE_INFINITY): Entry {
  return { name, on: year => (year >= since ? dayNumber(year, month, day) : undefined) }
}

function once(name: string, year: number, month: number, day: number): Entry {
  return { name, on: asked => (asked === year ? dayNumber(year, month, day) : undefined) }
}

function afterEaster(name: string, days: number): Entry {
  return { name, on: year => easter(year) + days }
}

const NEW_YEAR = fixed("New Year's Day", 1, 1)
const EPIPHANY = fixed('Epiphany', 1, 6)
const GOOD_FRIDAY = afterEaster('Good Friday', -2)
const EASTER_SUNDAY = afterEaster('Easter Sunday', 0)
const EASTER_MONDAY = afterEaster('Easter Monday', 1)
const LABOUR_DAY = fixed('Labour Day', 5, 1)
const ASCENSION = afterEaster('Ascension Day', 39)
const WHIT_SUNDAY = afterEaster('Whit Sunday', 49)
const WHIT_MONDAY = afterEaster('Whit Monday', 50)
const CORPUS_CHRISTI = afterEaster('Corpus Christi', 60)
const ASSUMPTION = fixed('Assumption', 8, 15)
const REFORMATION = fixed('Reformation Day', 10, 31)
const REFORMATION_SINCE_2018 = fixed('Reformation Day', 10, 31, 2018)
const ALL_SAINTS = fixed("All Saints' Day", 11, 1)
const ARMISTICE = fixed('Armistice Day', 11, 11)
const CHRISTMAS = fixed('Christmas Day', 12, 25)
const SECOND_CHRISTMAS_DAY = fixed('Second Christmas Day', 12, 26)

/** Buß- und Bettag: the Wednesday before 23 November. */
const REPENTANCE_DAY: Entry = {
  name: 'Day of Prayer and Repentance',
  on: year => {
    const day = dayNumber(year, 11, 22)
    return day - ((weekday(day) + 5) % 7)
  },
}

const FRANCE = [
  NEW_YEAR,
  EASTER_MONDAY,
  LABOUR_DAY,
  fixed('Victory Day', 5, 8),
  ASCENSION,
  WHIT_MONDAY,
  fixed('Bastille Day', 7, 14),
  ASSUMPTION,
  ALL_SAINTS,
  ARMISTICE,
  CHRISTMAS,
]
const ALSACE_MOSELLE = [...FRANCE, GOOD_FRIDAY, SECOND_CHRISTMAS_DAY]
const BELGIUM = [
  NEW_YEAR,
  EASTER_MONDAY,
  LABOUR_DAY,
  ASCENSION,
  WHIT_MONDAY,
  fixed('National Day', 7, 21),
  ASSUMPTION,
  ALL_SAINTS,
  ARMISTICE,
  CHRISTMAS,
]
const GERMANY = [
  NEW_YEAR,
  GOOD_FRIDAY,
  EASTER_MONDAY,
  LABOUR_DAY,
  ASCENSION,
  WHIT_MONDAY,
  fixed('German Unity Day', 10, 3),
  CHRISTMAS,
  SECOND_CHRISTMAS_DAY,
  once('Reformation Day', 2017, 10, 31),
]

const RULES: Readonly<Record<string, readonly Entry[]>> = {
  FR: FRANCE,
  'FR-57': ALSACE_MOSELLE,
  'FR-67': ALSACE_MOSELLE,
  'FR-68': ALSACE_MOSELLE,
  BE: BELGIUM,
  DE: GERMANY,
  'DE-BB': [...GERMANY, EASTER_SUNDAY, WHIT_SUNDAY, REFORMATION],
  'DE-BE': [
    ...GERMANY,
    fixed("Women's Day", 3, 8, 2019),
    once('Liberation Day', 2020, 5, 8),
    once('Liberation Day', 2025, 5, 8),
    once('Anniversary of the 1953 uprising', 2028, 6, 17),
  ],
  'DE-BW': [...GERMANY, EPIPHANY, CORPUS_CHRISTI, ALL_SAINTS],
  'DE-BY': [...GERMANY, EPIPHANY, CORPUS_CHRISTI, ALL_SAINTS],
  'DE-HB': [...GERMANY, REFORMATION_SINCE_2018],
  'DE-HE': [...GERMANY, CORPUS_CHRISTI],
  'DE-HH': [...GERMANY, REFORMATION_SINCE_2018],
  'DE-MV': [...GERMANY, fixed("Women's Day", 3, 8, 2023), REFORMATION],
  'DE-NI': [...GERMANY, REFORMATION_SINCE_2018],
  'DE-NW': [...GERMANY, CORPUS_CHRISTI, ALL_SAINTS],
  'DE-RP': [...GERMANY, CORPUS_CHRISTI, ALL_SAINTS],
  'DE-SH': [...GERMANY, REFORMATION_SINCE_2018],
  'DE-SL': [...GERMANY, CORPUS_CHRISTI, ASSUMPTION, ALL_SAINTS],
  'DE-SN': [...GERMANY, REFORMATION, REPENTANCE_DAY],
  'DE-ST': [...GERMANY, EPIPHANY, REFORMATION],
  'DE-TH': [...GERMANY, fixed("Children's Day", 9, 20, 2019), REFORMATION],
}
