import { nearest } from '../../model/nearest.ts'
import type { Problem } from '../../time/duration.ts'

/**
 * Upper-case ISO 3166-1 alpha-2 codes of what the words say: codes, `EU`, `EEA` or `Europe` (case is free). A name of a
 * country is a problem whose hint gives its code.
 */
export function countriesOf(words: readonly string[]): ReadonlySet<string> | Problem {
  const out = new Set<string>()
  for (const word of words) {
    const found = codesOf(word.trim())
    if ('problem' in found) return found
    for (const code of found) out.add(code)
  }
  return out
}

/** The 27 members of the European Union. */
const EU = codes('AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK')
const EEA = [...EU, 'IS', 'LI', 'NO']
/** Region 150 of the UN's M49 list, and the European Union's Cyprus. */
const EUROPE = [...EEA, ...codes('AD AL AX BA BY CH FO GB GG GI IM JE MC MD ME MK RS RU SJ SM UA VA')]

const GROUPS: ReadonlyMap<string, readonly string[]> = new Map([
  ['EU', EU],
  ['EEA', EEA],
  ['EUROPE', EUROPE],
])

function codesOf(word: string): readonly string[] | Problem {
  const upper = word.toUpperCase()
  const group = GROUPS.get(upper)
  if (group !== undefined) return group
  if (NAMES.has(upper)) return [upper]
  const meant = OTHER_NAMES.get(plain(word)) ?? codeNamed(word)
  const problem = `"${word}" isn't a country code`
  if (meant !== undefined) return { problem, hint: `write ${meant}` }
  return { problem, hint: 'write ISO 3166 codes of two letters such as FR, or EU, EEA, Europe' }
}

function codeNamed(word: string): string | undefined {
  if (word.length < 4) return undefined
  const name = nearest(plain(word), BY_NAME.keys())
  return name === undefined ? undefined : BY_NAME.get(name)
}

function plain(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z ]/g, '')
}

function codes(text: string): readonly string[] {
  return text.split(' ')
}

const NAMES: ReadonlyMap<string, string> = new Map(
  `AD Andorra,AE United Arab Emirates,AF Afghanistan,AG Antigua and Barbuda,AI Anguilla,AL Albania,AM Armenia,AO Angola,
AQ Antarctica,AR Argentina,AS American Samoa,AT Austria,AU Australia,AW Aruba,AX Åland Islands,AZ Azerbaijan,
BA Bosnia and Herzegovina,BB Barbados,BD Bangladesh,BE Belgium,BF Burkina Faso,BG Bulgaria,BH Bahrain,BI Burundi,
BJ Benin,BL Saint Barthélemy,BM Bermuda,BN Brunei,BO Bolivia,BQ Caribbean Netherlands,BR Brazil,BS Bahamas,BT Bhutan,
BV Bouvet Island,BW Botswana,BY Belarus,BZ Belize,CA Canada,CC Cocos Islands,CD Democratic Republic of the Congo,
CF Central African Republic,CG Congo,CH Switzerland,CI Côte d'Ivoire,CK Cook Islands,CL Chile,CM Cameroon,CN China,
CO Colombia,CR Costa Rica,CU Cuba,CV Cabo Verde,CW Curaçao,CX Christmas Island,CY Cyprus,CZ Czechia,DE Germany,
DJ Djibouti,DK Denmark,DM Dominica,DO Dominican Republic,DZ Algeria,EC Ecuador,EE Estonia,EG Egypt,EH Western Sahara,
ER Eritrea,ES Spain,ET Ethiopia,FI Finland,FJ Fiji,FK Falkland Islands,FM Micronesia,FO Faroe Islands,FR France,
GA Gabon,GB United Kingdom,GD Grenada,GE Georgia,GF French Guiana,GG Guernsey,GH Ghana,GI Gibraltar,GL Greenland,
GM Gambia,GN Guinea,GP Guadeloupe,GQ Equatorial Guinea,GR Greece,GS South Georgia,GT Guatemala,GU Guam,
GW Guinea-Bissau,GY Guyana,HK Hong Kong,HM Heard Island and McDonald Islands,HN Honduras,HR Croatia,HT Haiti,
HU Hungary,ID Indonesia,IE Ireland,IL Israel,IM Isle of Man,IN India,IO British Indian Ocean Territory,IQ Iraq,IR Iran,
IS Iceland,IT Italy,JE Jersey,JM Jamaica,JO Jordan,JP Japan,KE Kenya,KG Kyrgyzstan,KH Cambodia,KI Kiribati,KM Comoros,
KN Saint Kitts and Nevis,KP North Korea,KR South Korea,KW Kuwait,KY Cayman Islands,KZ Kazakhstan,LA Laos,LB Lebanon,
LC Saint Lucia,LI Liechtenstein,LK Sri Lanka,LR Liberia,LS Lesotho,LT Lithuania,LU Luxembourg,LV Latvia,LY Libya,
MA Morocco,MC Monaco,MD Moldova,ME Montenegro,MF Saint Martin,MG Madagascar,MH Marshall Islands,MK North Macedonia,
ML Mali,MM Myanmar,MN Mongolia,MO Macao,MP Northern Mariana Islands,MQ Martinique,MR Mauritania,MS Montserrat,MT Malta,
MU Mauritius,MV Maldives,MW Malawi,MX Mexico,MY Malaysia,MZ Mozambique,NA Namibia,NC New Caledonia,NE Niger,
NF Norfolk Island,NG Nigeria,NI Nicaragua,NL Netherlands,NO Norway,NP Nepal,NR Nauru,NU Niue,NZ New Zealand,OM Oman,
PA Panama,PE Peru,PF French Polynesia,PG Papua New Guinea,PH Philippines,PK Pakistan,PL Poland,
PM Saint Pierre and Miquelon,PN Pitcairn,PR Puerto Rico,PS Palestine,PT Portugal,PW Palau,PY Paraguay,QA Qatar,
RE Réunion,RO Romania,RS Serbia,RU Russia,RW Rwanda,SA Saudi Arabia,SB Solomon Islands,SC Seychelles,SD Sudan,
SE Sweden,SG Singapore,SH Saint Helena,SI Slovenia,SJ Svalbard and Jan Mayen,SK Slovakia,SL Sierra Leone,SM San Marino,
SN Senegal,SO Somalia,SR Suriname,SS South Sudan,ST São Tomé and Príncipe,SV El Salvador,SX Sint Maarten,SY Syria,
SZ Eswatini,TC Turks and Caicos Islands,TD Chad,TF French Southern Territories,TG Togo,TH Thailand,TJ Tajikistan,
TK Tokelau,TL Timor-Leste,TM Turkmenistan,TN Tunisia,TO Tonga,TR Türkiye,TT Trinidad and Tobago,TV Tuvalu,TW Taiwan,
TZ Tanzania,UA Ukraine,UG Uganda,UM United States Minor Outlying Islands,US United States,UY Uruguay,UZ Uzbekistan,
VA Vatican,VC Saint Vincent and the Grenadines,VE Venezuela,VG British Virgin Islands,VI United States Virgin Islands,
VN Vietnam,VU Vanuatu,WF Wallis and Futuna,WS Samoa,YE Yemen,YT Mayotte,ZA South Africa,ZM Zambia,ZW Zimbabwe`
    .split(/,\s*/)
    .map(entry => [entry.slice(0, 2), entry.slice(3)] as const),
)

const BY_NAME: ReadonlyMap<string, string> = new Map([...NAMES].map(([code, name]) => [plain(name), code]))

const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['uk', 'GB'],
  ['great britain', 'GB'],
  ['england', 'GB'],
  ['usa', 'US'],
  ['united states of america', 'US'],
  ['the netherlands', 'NL'],
  ['holland', 'NL'],
  ['czech republic', 'CZ'],
  ['turkey', 'TR'],
  ['el', 'GR'],
  ['european union', 'EU'],
  ['european economic area', 'EEA'],
  ['ue', 'EU'],
  ['eee', 'EEA'],
  ['fra', 'FR'],
  ['deu', 'DE'],
  ['gbr', 'GB'],
  ['macedonia', 'MK'],
  ['south korea', 'KR'],
  ['ivory coast', 'CI'],
])
