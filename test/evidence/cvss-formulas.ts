// The formulas of the documents of CVSS 2.0, 3.0 and 3.1 in exact fractions; vectors are taken to be valid.

type Fraction = readonly [numerator: bigint, denominator: bigint]

/** Version 2.0 guide, 3.2.1. */
export function baseV2(vector: string): string {
  return oneDecimal(baseV2Of(metricsOf(vector), impactV2(metricsOf(vector), { CR: '1', IR: '1', AR: '1' })))
}

/** Version 2.0 guide, 3.2.2. */
export function temporalV2(vector: string): string {
  const metrics = metricsOf(vector)
  return oneDecimal(temporalV2Of(metrics, decimal(baseV2(vector))))
}

/** Version 2.0 guide, 3.2.3. */
export function environmentalV2(vector: string): string {
  const metrics = metricsOf(vector)
  const requirement = (name: string) => weight(metrics, name, { L: '0.5', M: '1', H: '1.51', ND: '1' })
  const impact = least(decimal('10'), impactV2(metrics, { CR: requirement, IR: requirement, AR: requirement }))
  const adjustedBase = halfUp(baseV2Of(metrics, impact))
  const adjusted = halfUp(temporalV2Of(metrics, adjustedBase))
  const damage = weight(metrics, 'CDP', { N: '0', L: '0.1', LM: '0.3', MH: '0.4', H: '0.5', ND: '0' })
  const targets = weight(metrics, 'TD', { N: '0', L: '0.25', M: '0.75', H: '1', ND: '1' })
  return oneDecimal(times(plus(adjusted, times(minus(decimal('10'), adjusted), damage)), targets))
}

/** Version 3.0 and 3.1 specifications, section 8.1 and 7.1; they round up in different ways. */
export function baseV3(vector: string): string {
  const metrics = metricsOf(vector)
  const changed = metrics.get('S') === 'C'
  const one = decimal('1')
  const rest = ['C', 'I', 'A'].map(name => minus(one, weight(metrics, name, { N: '0', L: '0.22', H: '0.56' })))
  const loss = minus(one, rest.reduce(times))
  const impact = changed
    ? minus(
        times(decimal('7.52'), minus(loss, decimal('0.029'))),
        times(decimal('3.25'), power(minus(loss, decimal('0.02')), 15)),
      )
    : times(decimal('6.42'), loss)
  if (impact[0] <= 0n) return '0.0'
  const exploitability = [
    decimal('8.22'),
    weight(metrics, 'AV', { N: '0.85', A: '0.62', L: '0.55', P: '0.2' }),
    weight(metrics, 'AC', { L: '0.77', H: '0.44' }),
    weight(metrics, 'PR', { N: '0.85', L: changed ? '0.68' : '0.62', H: changed ? '0.5' : '0.27' }),
    weight(metrics, 'UI', { N: '0.85', R: '0.62' }),
  ].reduce(times)
  const sum = times(decimal(changed ? '1.08' : '1'), plus(impact, exploitability))
  const capped = least(sum, decimal('10'))
  return vector.startsWith('CVSS:3.0/') ? tenths(up(capped, 10n)) : tenths(roundUp31(capped))
}

type Requirements = Readonly<Record<'CR' | 'IR' | 'AR', string | ((name: string) => Fraction)>>

function impactV2(metrics: ReadonlyMap<string, string>, requirements: Requirements): Fraction {
  const one = decimal('1')
  const rest = (['C', 'I', 'A'] as const).map(name => {
    const requirement = requirements[`${name}R`]
    const factor = typeof requirement === 'string' ? decimal(requirement) : requirement(`${name}R`)
    return minus(one, times(weight(metrics, name, { N: '0', P: '0.275', C: '0.660' }), factor))
  })
  return times(decimal('10.41'), minus(one, rest.reduce(times)))
}

function baseV2Of(metrics: ReadonlyMap<string, string>, impact: Fraction): Fraction {
  const exploitability = [
    decimal('20'),
    weight(metrics, 'AV', { L: '0.395', A: '0.646', N: '1' }),
    weight(metrics, 'AC', { H: '0.35', M: '0.61', L: '0.71' }),
    weight(metrics, 'Au', { M: '0.45', S: '0.56', N: '0.704' }),
  ].reduce(times)
  const sum = minus(plus(times(decimal('0.6'), impact), times(decimal('0.4'), exploitability)), decimal('1.5'))
  return impact[0] === 0n ? decimal('0') : times(sum, decimal('1.176'))
}

function temporalV2Of(metrics: ReadonlyMap<string, string>, base: Fraction): Fraction {
  return [
    base,
    weight(metrics, 'E', { U: '0.85', POC: '0.9', F: '0.95', H: '1', ND: '1' }),
    weight(metrics, 'RL', { OF: '0.87', TF: '0.90', W: '0.95', U: '1', ND: '1' }),
    weight(metrics, 'RC', { UC: '0.90', UR: '0.95', C: '1', ND: '1' }),
  ].reduce(times)
}

/** Version 3.1, appendix A, in tenths: from hundred-thousandths, so that small errors don't round up. */
function roundUp31(value: Fraction): bigint {
  const fine = nearest(value, 100_000n)
  return fine % 10_000n === 0n ? fine / 10_000n : fine / 10_000n + 1n
}

function metricsOf(vector: string): ReadonlyMap<string, string> {
  const parts = vector.replace(/^CVSS:3\.\d\//, '').split('/')
  return new Map(parts.map(part => part.split(':') as [string, string]))
}

function weight(metrics: ReadonlyMap<string, string>, name: string, weights: Record<string, string>): Fraction {
  const found = weights[metrics.get(name) ?? '']
  if (found === undefined) throw new Error(`no weight for ${name}`)
  return decimal(found)
}

function decimal(text: string): Fraction {
  const [whole = '', part = ''] = text.split('.')
  return [BigInt(whole + part), 10n ** BigInt(part.length)]
}

const plus = (a: Fraction, b: Fraction): Fraction => [a[0] * b[1] + b[0] * a[1], a[1] * b[1]]
const minus = (a: Fraction, b: Fraction): Fraction => [a[0] * b[1] - b[0] * a[1], a[1] * b[1]]
const times = (a: Fraction, b: Fraction): Fraction => [a[0] * b[0], a[1] * b[1]]
const least = (a: Fraction, b: Fraction): Fraction => (a[0] * b[1] <= b[0] * a[1] ? a : b)
const power = (a: Fraction, n: number): Fraction => [a[0] ** BigInt(n), a[1] ** BigInt(n)]
/** Of a value from 0 on, in parts of 1/`parts`. */
const nearest = (a: Fraction, parts: bigint): bigint => (2n * a[0] * parts + a[1]) / (2n * a[1])
const up = (a: Fraction, parts: bigint): bigint => (a[0] * parts + a[1] - 1n) / a[1]
const halfUp = (a: Fraction): Fraction => [nearest(a, 10n), 10n]
const oneDecimal = (a: Fraction): string => tenths(nearest(a, 10n))
const tenths = (n: bigint): string => `${n / 10n}.${n % 10n}`
