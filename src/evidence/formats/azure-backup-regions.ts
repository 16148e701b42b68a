/**
 * The country (ISO 3166) of an Azure region by its programmatic or display name, as Microsoft's list of Azure regions
 * places it; undefined for a region that is not in it.
 */
export function azureCountry(region: string): string | undefined {
  return COUNTRIES.get(region.toLowerCase().replaceAll(' ', ''))
}

const REGIONS: Readonly<Record<string, string>> = {
  AE: 'uaecentral uaenorth',
  AT: 'austriaeast',
  AU: 'australiacentral australiacentral2 australiaeast australiasoutheast',
  BE: 'belgiumcentral',
  BR: 'brazilsouth brazilsoutheast',
  CA: 'canadacentral canadaeast',
  CH: 'switzerlandnorth switzerlandwest',
  CL: 'chilecentral',
  CN: 'chinaeast chinaeast2 chinaeast3 chinanorth chinanorth2 chinanorth3',
  DE: 'germanynorth germanywestcentral',
  ES: 'spaincentral',
  FR: 'francecentral francesouth',
  GB: 'uksouth ukwest',
  HK: 'eastasia',
  ID: 'indonesiacentral',
  IE: 'northeurope',
  IL: 'israelcentral',
  IN: 'centralindia southindia westindia jioindiacentral jioindiawest',
  IT: 'italynorth',
  JP: 'japaneast japanwest',
  KR: 'koreacentral koreasouth',
  MX: 'mexicocentral',
  MY: 'malaysiawest',
  NL: 'westeurope',
  NO: 'norwayeast norwaywest',
  NZ: 'newzealandnorth',
  PL: 'polandcentral',
  QA: 'qatarcentral',
  SE: 'swedencentral',
  SG: 'southeastasia',
  US: 'centralus eastus eastus2 northcentralus southcentralus westcentralus westus westus2 westus3 usgovarizona usgovtexas usgovvirginia usdodcentral usdodeast',
  ZA: 'southafricanorth southafricawest',
}

const COUNTRIES: ReadonlyMap<string, string> = new Map(
  Object.entries(REGIONS).flatMap(([country, regions]) => regions.split(' ').map(region => [region, country] as const)),
)
