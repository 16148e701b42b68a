import { nearest } from '../model/nearest.ts'
import { HOUR, MINUTE } from './civil.ts'

/** Whether a contract may name this zone: IANA `Area/City`, `Etc/…`, `UTC`, or a fixed offset such as `+01:00`. */
export function isZoneName(name: string): boolean {
  return fixedOffset(name) !== undefined || zoneNames().has(name)
}

/** The offset in ms of `UTC` and of `+01:00`, `-05:30` (up to 23:59); undefined for named places. */
export function fixedOffset(name: string): number | undefined {
  if (name === 'UTC') return 0
  if (!/^[+-]([01]\d|2[0-3]):[0-5]\d$/.test(name)) return undefined
  const size = Number(name.slice(1, 3)) * HOUR + Number(name.slice(4, 6)) * MINUTE
  return name[0] === '-' && size > 0 ? -size : size
}

/** What is wrong with a zone name and what to write instead; undefined when it is fine. */
export function zoneNameProblem(name: string): { readonly message: string; readonly hint: string } | undefined {
  if (isZoneName(name)) return undefined
  const city = ABBREVIATIONS[name.toUpperCase()]
  if (city !== undefined) {
    return {
      message: `"${name}" is an abbreviation: tools disagree on what it means and on whether it has summer time`,
      hint: `name a place, such as ${city}`,
    }
  }
  const shifted = /^(?:UTC|GMT)?\s?([+-])(\d{1,2})(?::?([0-5]\d))?$/i.exec(name)
  if (shifted !== null && Number(shifted[2]) < 24) {
    return {
      message: `"${name}" is read differently by different tools`,
      hint: `write the offset as ${shifted[1]}${(shifted[2] ?? '').padStart(2, '0')}:${shifted[3] ?? '00'}, or name a place`,
    }
  }
  const meant = nearest(name, zoneNames()) ?? zoneOfCity(name)
  return {
    message: `unknown time zone "${name}"`,
    hint:
      meant === undefined
        ? 'write Area/City such as Europe/Paris, UTC, or an offset such as +01:00'
        : `did you mean ${meant}?`,
  }
}

/** `Paris` and `paris` find `Europe/Paris`; so does a city under the wrong area. */
function zoneOfCity(name: string): string | undefined {
  const city = name
    .slice(name.lastIndexOf('/') + 1)
    .trim()
    .replaceAll(' ', '_')
    .toLowerCase()
  for (const zone of zoneNames()) if (zone.slice(zone.lastIndexOf('/') + 1).toLowerCase() === city) return zone
  return undefined
}

let names: ReadonlySet<string> | undefined

function zoneNames(): ReadonlySet<string> {
  if (names === undefined) {
    const all = new Set<string>()
    let area = ''
    for (const word of AREAS.trim().split(/\s+/)) {
      if (word.endsWith(':')) area = word.slice(0, -1)
      else all.add(`${area}/${word}`)
    }
    names = all
  }
  return names
}

/** Short names found in contracts, each with a place whose clock is likely meant. */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  CET: 'Europe/Paris',
  CEST: 'Europe/Paris',
  MET: 'Europe/Paris',
  MEZ: 'Europe/Berlin',
  MESZ: 'Europe/Berlin',
  HEC: 'Europe/Paris',
  EET: 'Europe/Athens',
  EEST: 'Europe/Athens',
  WET: 'Europe/Lisbon',
  WEST: 'Europe/Lisbon',
  GMT: 'Europe/London or UTC',
  BST: 'Europe/London',
  IST: 'Asia/Kolkata, Europe/Dublin or Asia/Jerusalem',
  MSK: 'Europe/Moscow',
  EST: 'America/New_York',
  EDT: 'America/New_York',
  ET: 'America/New_York',
  EST5EDT: 'America/New_York',
  CST: 'America/Chicago or Asia/Shanghai',
  CDT: 'America/Chicago',
  CT: 'America/Chicago',
  CST6CDT: 'America/Chicago',
  MST: 'America/Denver or America/Phoenix',
  MDT: 'America/Denver',
  MT: 'America/Denver',
  MST7MDT: 'America/Denver',
  PST: 'America/Los_Angeles',
  PDT: 'America/Los_Angeles',
  PT: 'America/Los_Angeles',
  PST8PDT: 'America/Los_Angeles',
  HST: 'Pacific/Honolulu',
  AKST: 'America/Anchorage',
  AST: 'America/Halifax',
  BRT: 'America/Sao_Paulo',
  ART: 'America/Argentina/Buenos_Aires',
  JST: 'Asia/Tokyo',
  KST: 'Asia/Seoul',
  HKT: 'Asia/Hong_Kong',
  SGT: 'Asia/Singapore',
  PKT: 'Asia/Karachi',
  NPT: 'Asia/Kathmandu',
  GST: 'Asia/Dubai',
  EAT: 'Africa/Nairobi',
  CAT: 'Africa/Maputo',
  WAT: 'Africa/Lagos',
  SAST: 'Africa/Johannesburg',
  AEST: 'Australia/Sydney',
  AEDT: 'Australia/Sydney',
  ACST: 'Australia/Adelaide',
  AWST: 'Australia/Perth',
  NZST: 'Pacific/Auckland',
  NZDT: 'Pacific/Auckland',
  NZ: 'Pacific/Auckland',
  Z: 'UTC',
  ZULU: 'UTC',
  UCT: 'UTC',
  JAPAN: 'Asia/Tokyo',
  SINGAPORE: 'Asia/Singapore',
  HONGKONG: 'Asia/Hong_Kong',
  ISRAEL: 'Asia/Jerusalem',
  EGYPT: 'Africa/Cairo',
  TURKEY: 'Europe/Istanbul',
  POLAND: 'Europe/Warsaw',
  PORTUGAL: 'Europe/Lisbon',
  EIRE: 'Europe/Dublin',
  GB: 'Europe/London',
  ICELAND: 'Atlantic/Reykjavik',
  IRAN: 'Asia/Tehran',
}

/** Names of the IANA time zone database with an area, links included; one area after another. */
const AREAS = `
Africa: Abidjan Accra Addis_Ababa Algiers Asmara Asmera Bamako Bangui Banjul Bissau Blantyre Brazzaville Bujumbura
  Cairo Casablanca Ceuta Conakry Dakar Dar_es_Salaam Djibouti Douala El_Aaiun Freetown Gaborone Harare Johannesburg
  Juba Kampala Khartoum Kigali Kinshasa Lagos Libreville Lome Luanda Lubumbashi Lusaka Malabo Maputo Maseru Mbabane
  Mogadishu Monrovia Nairobi Ndjamena Niamey Nouakchott Ouagadougou Porto-Novo Sao_Tome Timbuktu Tripoli Tunis
  Windhoek
America: Adak Anchorage Anguilla Antigua Araguaina Argentina/Buenos_Aires Argentina/Catamarca Argentina/ComodRivadavia
  Argentina/Cordoba Argentina/Jujuy Argentina/La_Rioja Argentina/Mendoza Argentina/Rio_Gallegos Argentina/Salta
  Argentina/San_Juan Argentina/San_Luis Argentina/Tucuman Argentina/Ushuaia Aruba Asuncion Atikokan Atka Bahia
  Bahia_Banderas Barbados Belem Belize Blanc-Sablon Boa_Vista Bogota Boise Buenos_Aires Cambridge_Bay Campo_Grande
  Cancun Caracas Catamarca Cayenne Cayman Chicago Chihuahua Ciudad_Juarez Coral_Harbour Cordoba Costa_Rica Coyhaique
  Creston Cuiaba Curacao Danmarkshavn Dawson Dawson_Creek Denver Detroit Dominica Edmonton Eirunepe El_Salvador
  Ensenada Fort_Nelson Fort_Wayne Fortaleza Glace_Bay Godthab Goose_Bay Grand_Turk Grenada Guadeloupe Guatemala
  Guayaquil Guyana Halifax Havana Hermosillo Indiana/Indianapolis Indiana/Knox Indiana/Marengo Indiana/Petersburg
  Indiana/Tell_City Indiana/Vevay Indiana/Vincennes Indiana/Winamac Indianapolis Inuvik Iqaluit Jamaica Jujuy Juneau
  Kentucky/Louisville Kentucky/Monticello Knox_IN Kralendijk La_Paz Lima Los_Angeles Louisville Lower_Princes Maceio
  Managua Manaus Marigot Martinique Matamoros Mazatlan Mendoza Menominee Merida Metlakatla Mexico_City Miquelon
  Moncton Monterrey Montevideo Montreal Montserrat Nassau New_York Nipigon Nome Noronha North_Dakota/Beulah
  North_Dakota/Center North_Dakota/New_Salem Nuuk Ojinaga Panama Pangnirtung Paramaribo Phoenix Port-au-Prince
  Port_of_Spain Porto_Acre Porto_Velho Puerto_Rico Punta_Arenas Rainy_River Rankin_Inlet Recife Regina Resolute
  Rio_Branco Rosario Santa_Isabel Santarem Santiago Santo_Domingo Sao_Paulo Scoresbysund Shiprock Sitka St_Barthelemy
  St_Johns St_Kitts St_Lucia St_Thomas St_Vincent Swift_Current Tegucigalpa Thule Thunder_Bay Tijuana Toronto Tortola
  Vancouver Virgin Whitehorse Winnipeg Yakutat Yellowknife
Antarctica: Casey Davis DumontDUrville Macquarie Mawson McMurdo Palmer Rothera South_Pole Syowa Troll Vostok
Arctic: Longyearbyen
Asia: Aden Almaty Amman Anadyr Aqtau Aqtobe Ashgabat Ashkhabad Atyrau Baghdad Bahrain Baku Bangkok Barnaul Beirut
  Bishkek Brunei Calcutta Chita Choibalsan Chongqing Chungking Colombo Dacca Damascus Dhaka Dili Dubai Dushanbe
  Famagusta Gaza Harbin Hebron Ho_Chi_Minh Hong_Kong Hovd Irkutsk Istanbul Jakarta Jayapura Jerusalem Kabul Kamchatka
  Karachi Kashgar Kathmandu Katmandu Khandyga Kolkata Krasnoyarsk Kuala_Lumpur Kuching Kuwait Macao Macau Magadan
  Makassar Manila Muscat Nicosia Novokuznetsk Novosibirsk Omsk Oral Phnom_Penh Pontianak Pyongyang Qatar Qostanay
  Qyzylorda Rangoon Riyadh Saigon Sakhalin Samarkand Seoul Shanghai Singapore Srednekolymsk Taipei Tashkent Tbilisi
  Tehran Tel_Aviv Thimbu Thimphu Tokyo Tomsk Ujung_Pandang Ulaanbaatar Ulan_Bator Urumqi Ust-Nera Vientiane
  Vladivostok Yakutsk Yangon Yekaterinburg Yerevan
Atlantic: Azores Bermuda Canary Cape_Verde Faeroe Faroe Jan_Mayen Madeira Reykjavik South_Georgia St_Helena Stanley
Australia: ACT Adelaide Brisbane Broken_Hill Canberra Currie Darwin Eucla Hobart LHI Lindeman Lord_Howe Melbourne NSW
  North Perth Queensland South Sydney Tasmania Victoria West Yancowinna
Brazil: Acre DeNoronha East West
Canada: Atlantic Central Eastern Mountain Newfoundland Pacific Saskatchewan Yukon
Chile: Continental EasterIsland
Etc: GMT GMT+0 GMT+1 GMT+10 GMT+11 GMT+12 GMT+2 GMT+3 GMT+4 GMT+5 GMT+6 GMT+7 GMT+8 GMT+9 GMT-0 GMT-1 GMT-10 GMT-11
  GMT-12 GMT-13 GMT-14 GMT-2 GMT-3 GMT-4 GMT-5 GMT-6 GMT-7 GMT-8 GMT-9 GMT0 Greenwich UCT UTC Universal Zulu
Europe: Amsterdam Andorra Astrakhan Athens Belfast Belgrade Berlin Bratislava Brussels Bucharest Budapest Busingen
  Chisinau Copenhagen Dublin Gibraltar Guernsey Helsinki Isle_of_Man Istanbul Jersey Kaliningrad Kiev Kirov Kyiv
  Lisbon Ljubljana London Luxembourg Madrid Malta Mariehamn Minsk Monaco Moscow Nicosia Oslo Paris Podgorica Prague
  Riga Rome Samara San_Marino Sarajevo Saratov Simferopol Skopje Sofia Stockholm Tallinn Tirane Tiraspol Ulyanovsk
  Uzhgorod Vaduz Vatican Vienna Vilnius Volgograd Warsaw Zagreb Zaporozhye Zurich
Indian: Antananarivo Chagos Christmas Cocos Comoro Kerguelen Mahe Maldives Mauritius Mayotte Reunion
Mexico: BajaNorte BajaSur General
Pacific: Apia Auckland Bougainville Chatham Chuuk Easter Efate Enderbury Fakaofo Fiji Funafuti Galapagos Gambier
  Guadalcanal Guam Honolulu Johnston Kanton Kiritimati Kosrae Kwajalein Majuro Marquesas Midway Nauru Niue Norfolk
  Noumea Pago_Pago Palau Pitcairn Pohnpei Ponape Port_Moresby Rarotonga Saipan Samoa Tahiti Tarawa Tongatapu Truk Wake
  Wallis Yap
US: Alaska Aleutian Arizona Central East-Indiana Eastern Hawaii Indiana-Starke Michigan Mountain Pacific Samoa`
