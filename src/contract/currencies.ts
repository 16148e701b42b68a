/** Decimals of the minor unit (ISO 4217 list one); undefined for an unknown code. Codes are upper case. */
export function currencyDecimals(code: string): number | undefined {
  return DECIMALS.get(code)
}

/** Every code with money in circulation, the most usual first. */
export function currencyCodes(): Iterable<string> {
  return new Set(['EUR', 'USD', 'GBP', 'CHF', ...DECIMALS.keys()])
}

const TWO =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP ' +
  'CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS ' +
  'KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD ' +
  'PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP ' +
  'TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG'
const NONE = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'
const THREE = 'BHD IQD JOD KWD LYD OMR TND'

const DECIMALS: ReadonlyMap<string, number> = new Map(
  [[TWO, 2] as const, [NONE, 0] as const, [THREE, 3] as const].flatMap(([codes, decimals]) =>
    codes.split(' ').map(code => [code, decimals] as const),
  ),
)
