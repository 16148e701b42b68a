import type { CvssVersion } from '../vulnerabilities/records.ts'

/** A metric of a version of CVSS with the values it may take. */
export interface Metric {
  readonly name: string
  readonly values: readonly string[]
  /** Base metrics; all others may be left out. */
  readonly mandatory: boolean
}

/** The metrics of each version in the order of its document's vector strings. */
export const METRICS: Readonly<Record<CvssVersion, readonly Metric[]>> = {
  '2.0': [
    ...base('AV:L,A,N AC:H,M,L Au:M,S,N C:N,P,C I:N,P,C A:N,P,C'),
    ...optional('E:U,POC,F,H,ND RL:OF,TF,W,U,ND RC:UC,UR,C,ND'),
    ...optional('CDP:N,L,LM,MH,H,ND TD:N,L,M,H,ND CR:L,M,H,ND IR:L,M,H,ND AR:L,M,H,ND'),
  ],
  '3.0': version3(),
  '3.1': version3(),
  '4.0': [
    ...base('AV:N,A,L,P AC:L,H AT:N,P PR:N,L,H UI:N,P,A'),
    ...base('VC:H,L,N VI:H,L,N VA:H,L,N SC:H,L,N SI:H,L,N SA:H,L,N'),
    ...optional('E:X,A,P,U CR:X,H,M,L IR:X,H,M,L AR:X,H,M,L'),
    ...optional('MAV:X,N,A,L,P MAC:X,L,H MAT:X,N,P MPR:X,N,L,H MUI:X,N,P,A MVC:X,H,L,N MVI:X,H,L,N MVA:X,H,L,N'),
    ...optional('MSC:X,H,L,N MSI:X,S,H,L,N MSA:X,S,H,L,N'),
    ...optional('S:X,N,P AU:X,N,Y R:X,A,U,I V:X,D,C RE:X,L,M,H U:X,Clear,Green,Amber,Red'),
  ],
}

/** Whether a value says no more than that the metric is left out. */
export function isNotDefined(value: string): boolean {
  return value === 'X' || value === 'ND'
}

function version3(): readonly Metric[] {
  return [
    ...base('AV:N,A,L,P AC:L,H PR:N,L,H UI:N,R S:U,C C:N,L,H I:N,L,H A:N,L,H'),
    ...optional('E:X,H,F,P,U RL:X,U,W,T,O RC:X,C,R,U CR:X,H,M,L IR:X,H,M,L AR:X,H,M,L'),
    ...optional('MAV:X,N,A,L,P MAC:X,L,H MPR:X,N,L,H MUI:X,N,R MS:X,U,C MC:X,N,L,H MI:X,N,L,H MA:X,N,L,H'),
  ]
}

function base(written: string): readonly Metric[] {
  return metrics(written, true)
}

function optional(written: string): readonly Metric[] {
  return metrics(written, false)
}

function metrics(written: string, mandatory: boolean): readonly Metric[] {
  return written.split(' ').map(metric => {
    const [name = '', values = ''] = metric.split(':')
    return { name, values: values.split(','), mandatory }
  })
}
