import fc from 'fast-check'

export type Data = Readonly<Record<string, unknown>>

/** A contract as plain data, and the same with one field of one clause changed. */
export interface Change {
  readonly kind: string
  readonly field: string
  readonly before: Data
  readonly after: Data
}

/** What a field may hold; `undefined` leaves it out. The first value fits every other field's first. */
type Fields = Readonly<Record<string, readonly unknown[]>>

const FIELDS: Readonly<Record<string, Fields>> = {
  availability: {
    target: ['99.5%', '99%', '99.9%', '100%', { above: '99.5%' }],
    window: ['calendar month', 'calendar year', 'calendar quarter'],
    during: [undefined, 'office', 'night'],
    excluding: [[], ['planned'], ['planned', 'others'], ['others']],
    'excluded-time': ['leaves-denominator', 'counts-as-up'],
    'no-data': ['unknown', 'up', 'down'],
    'shortest-outage': [undefined, '5min', '15min', { 'longer-than': '5min' }],
    degraded: ['up', 'down', '50%'],
    from: [undefined, 'detected', 'reported'],
    base: [undefined, '720h', '700h'],
  },
  maintenance: {
    notice: ['48h', '24h', '72h', { 'at-least': '48h', 'when-longer-than': '15min' }, undefined],
    inside: [undefined, 'night', 'office'],
    outside: [undefined, 'office'],
    longest: ['2h', '1h', '90min', undefined],
    'at-most': [undefined, '4 per calendar year', '6 per calendar year', '1 per calendar month'],
  },
  support: {
    calendar: ['office', 'always', 'night'],
    clock: ['calendar', 'always'],
    'business-day': ['end-of-day', 'same-time'],
    'on-reopen': ['continue', 'restart', 'last-resolve'],
    'on-priority-change': ['carry', 'at-open'],
    'paused-in': [undefined, ['waiting'], ['waiting', 'hold']],
    from: ['opened', 'reported'],
    priorities: [
      { P1: { respond: '2h', resolve: '8h' } },
      { P1: { respond: '1h', resolve: '8h' } },
      { P1: { respond: '2h', resolve: '2 business days' } },
      { P1: { respond: '2h', workaround: '8h' } },
      { P1: { respond: '2h', resolve: 'unstated' } },
      { P1: { respond: '2h', resolve: '8h' }, P2: { respond: '1 day' } },
      { P2: { respond: '2h', resolve: '8h' } },
    ],
    attainment: [undefined, '95% per calendar month'],
  },
  vulnerability: {
    bands: [
      { high: { min: 7, fix: '7 days' } },
      { high: { min: 7, fix: '10 days' } },
      { high: { min: 8, fix: '7 days' } },
      { high: { min: 7, fix: 'unstated' } },
      { high: { min: 7, fix: '7 days', mitigate: '2 days' } },
      { high: { min: 7, fix: '7 days' }, medium: { min: 4, below: 7, fix: '30 days' } },
    ],
    from: ['detected', 'published', 'fix-available'],
    counting: ['elapsed', 'end-of-day'],
    rescored: ['at-start', 'current'],
    mitigation: ['if-no-fix', 'counts', 'never'],
    acceptance: ['exempt', 'pause'],
    'on-reopen': ['restart', 'continue'],
  },
  backup: {
    of: [['db'], undefined, ['db', 'files'], ['files']],
    only: [undefined, 'full'],
    accept: [undefined, ['success', 'warning']],
    schedule: [
      { per: 'day' },
      { per: 'week' },
      { every: '24h' },
      { every: '24h', tolerance: '0h' },
      { 'daily-at': '04:00' },
      undefined,
    ],
    keep: [{ for: '30 days' }, { for: '60 days' }, { copies: 30 }, { for: '30 days', tolerance: '0h' }, undefined],
    'max-age': [undefined, '3 months', '1 year'],
    copies: [
      undefined,
      { 'at-least': 1, differs: 'region' },
      { 'at-least': 1, differs: 'provider' },
      { 'at-least': 2, differs: 'region' },
    ],
    residency: [undefined, ['FR'], ['FR', 'DE'], ['Europe']],
    tiers: [undefined, [{ per: 'month', keep: 12, basis: 'age' }], [{ per: 'month', keep: 6, basis: 'age' }]],
  },
  recovery: {
    rpo: [{ 'at-most': '1h', measure: 'incident' }, { 'at-most': '2h', measure: 'incident' }, undefined],
    rto: [
      { 'at-most': '4h', from: 'failure' },
      { 'at-most': '8h', from: 'failure' },
      { 'at-most': '4h', from: 'requested' },
      { 'at-most': '4h', from: 'declared' },
      undefined,
    ],
  },
  control: {
    of: ['restore', 'drill'],
    every: ['1 week', '1 day', '2 weeks'],
    tolerance: [undefined, '1 day'],
    outcome: [undefined, 'performed'],
    per: [undefined, 'subject'],
  },
}

/** Fields of every clause. */
const COMMON: Fields = { binding: ['guarantee', 'objective', 'observed'] }

const OFFICE = { days: 'mon-fri', hours: '09:00-18:00', holidays: 'FR' }

/** What clauses stand on. */
const CONTRACT: Fields = {
  timezone: ['Europe/Paris', 'Europe/Brussels', 'America/New_York'],
  office: [OFFICE, { ...OFFICE, holidays: 'BE' }, { ...OFFICE, hours: '09:00-17:00' }, { ...OFFICE, days: 'mon-sat' }],
  services: [{ app: {} }, { platform: {} }, { app: {}, api: {} }],
}

/** What of a contract a change is in, other than its clause. */
export const SHARED = Object.keys(CONTRACT)

export const KINDS = Object.keys(FIELDS)

/** A small contract with fields drawn at random, few of them other than the first of their values, and one changed. */
export function changes(kind: string): fc.Arbitrary<Change> {
  const own = { ...FIELDS[kind], ...COMMON }
  const fields: Fields = { ...own, ...CONTRACT }
  const drawn = (some: Fields, weight: number): fc.Arbitrary<Data> =>
    fc.record(
      Object.fromEntries(
        Object.entries(some).map(([name, values]) => [
          name,
          fc.oneof({ weight, arbitrary: fc.constant(values[0]) }, fc.constantFrom(...values)),
        ]),
      ),
    )
  return fc
    .tuple(drawn(own, 3), drawn(CONTRACT, 6), fc.constantFrom(...Object.keys(fields)))
    .chain(([clause, rest, field]) => {
      const before = { ...clause, ...rest }
      const others = (fields[field] ?? []).filter(value => JSON.stringify(value) !== JSON.stringify(before[field]))
      return fc.constantFrom(...others).map(value => ({
        kind,
        field,
        before: contractOf(kind, before),
        after: contractOf(kind, { ...before, [field]: value }),
      }))
    })
}

/** Both have one id, as versions have. */
function contractOf(kind: string, { timezone, office, services, ...fields }: Data): Data {
  return {
    apiVersion: 'sla/v1',
    kind: 'Contract',
    id: 'acme',
    timezone,
    services,
    calendars: {
      office,
      night: { days: 'daily', hours: '20:00-04:00' },
    },
    exclusions: {
      planned: { event: 'maintenance', notice: { 'at-least': '48h' } },
      others: { cause: ['customer'] },
    },
    clauses: { one: { kind, ...fields } },
  }
}
