// The vulnerabilities of the example evidence, all made up, like their scores, packages and scans: local times, `''` for
// what hasn't happened, `?` for what isn't known. Beside each the time it took on its clock, worked out by hand.

const VECTORS = {
  9.8: 'AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
  9.6: 'AV:N/AC:L/PR:N/UI:R/S:C/C:H/I:H/A:H',
  9.1: 'AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N',
  7.5: 'AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N',
  5.9: 'AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N',
  4.4: 'AV:L/AC:L/PR:H/UI:N/S:U/C:H/I:N/A:N',
}

/** Critical (from 9) 3 days = 72 h from the earlier patch; from detection: high (7) 168 h, medium (4) 720 h; low: none. */
export const platformSlo = {
  columns:
    'id asset component cvss score_source detected_at vendor_patch_at internal_patch_at mitigated_at fixed_at'.split(
      ' ',
    ),
  vulnerabilities: [
    // From the patch: 54:00 of 72 h.
    found('V-01', 'web', 'proxy', '9.8', '2026-01-12 09:00', { vendor: '2026-01-13 10:00', fixed: '2026-01-15 16:00' }),
    // 168:00 of 168 h: the last instant is in time.
    found('V-02', 'api', 'parser', '8.1', '2026-01-20 11:00', { fixed: '2026-01-27 11:00' }),
    // 18 days: 432:00 of 720 h.
    found('V-03', 'db', 'engine', '5.3', '2026-02-02 08:30', { fixed: '2026-02-20 08:30' }),
    // An internal patch five days before the vendor's: 71:00 of 72 h.
    found('V-04', 'api', 'runtime', '9.1', '2026-02-09 10:00', {
      vendor: '2026-02-16 10:00',
      internal: '2026-02-11 15:00',
      fixed: '2026-02-14 14:00',
    }),
    // A scanner's own figure below 9, so high: 96:00 of 168 h. Critical, it would have been due on 26 February at 08:00.
    found('V-05', 'web', 'proxy', '8.95', '2026-02-23 09:00', {
      source: 'scanner',
      vendor: '2026-02-23 08:00',
      fixed: '2026-02-27 09:00',
    }),
    // Below 7, so medium; the clocks change on 29 March: 28 days less an hour = 671:00 of 720 h.
    found('V-06', 'db', 'engine', '6.95', '2026-03-03 12:00', { source: 'scanner', fixed: '2026-03-31 12:00' }),
    // The patch was there 15 hours before it was found: 66:00 of 72 h.
    found('V-07', 'web', 'runtime', '9.4', '2026-03-10 09:00', {
      vendor: '2026-03-09 18:00',
      fixed: '2026-03-12 12:00',
    }),
    // 8 days 20 hours: 212:00 of 168 h.
    found('V-08', 'api', 'parser', '7.5', '2026-03-16 14:00', { fixed: '2026-03-25 10:00' }),
    // Routine updates: no number.
    found('V-09', 'web', 'logger', '0.0', '2026-04-07 10:00', { fixed: '2026-04-28 10:00' }),
    found('V-10', 'api', 'logger', '3.7', '2026-04-09 10:00', { fixed: '2026-06-30 10:00' }),
    // No patch so far, mitigated the day after.
    found('V-11', 'db', 'driver', '9.3', '2026-04-20 09:00', { mitigated: '2026-04-21 15:00' }),
    // No patch so far and not mitigated: no clock.
    found('V-12', 'web', 'codec', '9.6', '2026-05-04 10:00', {}),
    // There was a patch, nobody wrote down when: between 0:00 and any time of 72 h.
    found('V-13', 'api', 'codec', '9.0', '2026-05-18 10:00', { vendor: '?', fixed: '2026-05-22 10:00' }),
    // Mitigated until the patch came a week later; from the patch 96:00 of 72 h.
    found('V-14', 'web', 'proxy', '9.1', '2026-06-01 10:00', {
      vendor: '2026-06-08 08:00',
      mitigated: '2026-06-02 09:00',
      fixed: '2026-06-12 08:00',
    }),
    // 7.2 when the clock starts, 9.4 three days later: high, 144:00 of 168 h.
    found('V-15', 'api', 'runtime', '7.2', '2026-06-15 10:00', {
      vendor: '2026-06-16 10:00',
      fixed: '2026-06-21 10:00',
    }),
    // The acceptance holds on 22 July, when it is due, but no longer when it is fixed: 59 days, 1416:00 of 720 h.
    found('V-16', 'db', 'engine', '6.1', '2026-06-22 10:00', { fixed: '2026-08-20 10:00' }),
    // Not affected, says the maker two days later.
    found('V-17', 'api', 'crypto', '9.8', '2026-07-13 14:00', { vendor: '2026-07-10 09:00' }),
    // Taken out of use; there never was a patch, so no clock started.
    found('V-18', 'worker', 'plugin', '9.2', '2026-07-20 10:00', { fixed: '2026-07-21 17:00' }),
    // 72:00 of 168 h; came back for nine days: 216:00 of 168 h.
    found('V-19', 'worker', 'queue', '7.0', '2026-07-27 09:00', { fixed: '2026-07-30 09:00' }),
    found('V-19', 'worker', 'queue', '7.0', '2026-08-10 09:00', { fixed: '2026-08-19 09:00' }),
    // At noon on 15 September: 29 days = 696:00 of 720 h.
    found('V-20', 'db', 'driver', '4.0', '2026-08-17 12:00', {}),
    // Due on 7 September, but accepted from the 2nd until the end of the month.
    found('V-21', 'worker', 'runtime', '7.8', '2026-08-31 09:00', {}),
    // The patch came on the 9th at 08:00: 148:00 of 72 h, over since the 12th.
    found('V-22', 'api', 'parser', '9.9', '2026-09-08 09:00', { vendor: '2026-09-09 08:00' }),
    // 116:00 of 168 h.
    found('V-23', 'web', 'codec', '8.8', '2026-09-10 16:00', { source: 'scanner' }),
    // Still to come at noon on 15 September.
    found('V-24', 'db', 'engine', '7.7', '2026-09-16 09:00', {}),
  ],
  scores: [['V-15', '2026-06-18 10:00', '9.4', 'nvd']],
  acceptances: [
    ['V-16', '2026-07-01 00:00', '2026-08-16 00:00', 'security board'],
    ['V-21', '2026-09-02 09:00', '2026-10-01 00:00', 'security board'],
  ],
  vex: [
    ['V-17', '2026-07-14 09:00', 'under_investigation', ''],
    ['V-17', '2026-07-15 16:00', 'not_affected', 'vulnerable_code_not_in_execute_path'],
  ],
}

/**
 * Scans instead of a log: what a scan no longer shows was fixed after the last one with it, at the latest at the first
 * successful one without it. After the last scan of all nothing is known. From the first scan: high 168 h, medium
 * 720 h; critical 72 h from the earlier patch.
 */
export const platformScans = {
  scans: [
    ['S-01', '2026-06-01 06:00', 'web-1', 'success'],
    ['S-02', '2026-06-01 07:00', 'db-1', 'success'],
    ['S-03', '2026-06-04 06:00', 'web-1', 'success'],
    ['S-04', '2026-06-04 07:00', 'db-1', 'success'],
    ['S-05', '2026-06-08 06:00', 'web-1', 'failed'],
    ['S-06', '2026-06-08 07:00', 'db-1', 'success'],
    ['S-07', '2026-06-11 06:00', 'web-1', 'success'],
    ['S-08', '2026-06-11 07:00', 'db-1', 'success'],
    ['S-09', '2026-06-15 06:00', 'web-1', 'success'],
    ['S-10', '2026-06-15 07:00', 'db-1', 'success'],
  ],
  findings: [
    // Gone on the 4th: 72:00 of 168 h at most.
    ...seen('V-31', 'proxy', '7.5', ['S-01']),
    // Gone between the 4th and the 11th, due on the 8th at 06:00. That the failed scan lacks it proves nothing.
    ...seen('V-32', 'parser', '8.2', ['S-01', 'S-03']),
    // Still there on the 11th, even in the failed scan: more than 240:00 of 168 h, at most 336:00.
    ...seen('V-33', 'runtime', '7.1', ['S-01', 'S-03', 'S-05', 'S-07']),
    // Patch on the 12th at 09:00, due on the 15th at 09:00: 69:00 of 72 h when it was last seen, no scan since.
    ...seen('V-34', 'proxy', '9.8', ['S-07', 'S-09']),
    // 15 days 5 hours: 365:00 of 720 h.
    ...seen('V-35', 'engine', '5.0', ['S-02', 'S-04', 'S-06', 'S-08', 'S-10']),
    // Internal patch on the 14th at 18:00: 42:00 of 72 h.
    ...seen('V-36', 'driver', '9.1', ['S-08', 'S-10']),
    // Gone on the 4th, back on the 11th, gone on the 15th: 72:00 and 96:00 of 168 h at most.
    ...seen('V-37', 'engine', '8.0', ['S-02', 'S-08']),
  ],
  advisories: [
    ['V-34', '2026-06-12 09:00', ''],
    ['V-36', '', '2026-06-14 18:00'],
    ['CVE-2026-900103', '2026-06-06 10:00', ''],
  ],
  // Two reports on an image as Grype writes them.
  grype: [
    { file: 'grype-2026-06-02.json', time: '2026-06-02 08:00', ...shown(1) },
    { file: 'grype-2026-06-09.json', time: '2026-06-09 08:00', ...shown(2) },
  ],
}

function found(id, asset, component, cvss, detected, stamps) {
  const { source = 'nvd', vendor = '', internal = '', mitigated = '', fixed = '' } = stamps
  return [id, asset, component, cvss, source, detected, vendor, internal, mitigated, fixed]
}

function seen(id, component, cvss, scans) {
  return scans.map(scan => [id, scan, component, cvss, 'nvd', ''])
}

/** The matches of Grype's first or second report. */
function shown(report) {
  const matches = [
    // Fix of 30 May, still there on 9 June: over since 3 June at the latest, whatever an internal patch did.
    [[1, 2], match('CVE-2026-900101', 'parser', [nvd(9.8)], fix('2026-05-30'))],
    // 9.1 says its first name, 7.5 the NVD, whose score counts. Gone on 9 June at 08:00: 168:00 of 168 h at most.
    [[1], match('GHSA-2222-3333-4444', 'router', [github(9.1)], fix(), ['CVE-2026-900102', nvd(7.5)])],
    // When the fix came only advisories.csv tells: 6 June at 10:00. 70:00 of 72 h at most.
    [[1], match('CVE-2026-900103', 'codec', [nvd(9.1)], fix())],
    // A word and no score, so medium: 168:00 of 720 h at most.
    [[1], match('CVE-2026-900104', 'logger', [], fix())],
    // Nothing tells when the fix came.
    [[1], match('CVE-2026-900106', 'crypto', [nvd(9.6)], fix())],
    // At noon on the 16th 172:00 of 720 h. The fix is older than that, so whether it was mitigated doesn't matter.
    [[2], match('CVE-2026-900107', 'queue', [nvd(5.9)], fix('2026-06-03'))],
  ]
  // Ignored isn't fixed: at noon on the 16th 340:00 of 720 h.
  const ignored = {
    ...match('CVE-2026-900105', 'shell', [nvd(4.4)], fix('2026-05-20')),
    appliedIgnoreRules: [{ vulnerability: 'CVE-2026-900105', reason: 'nobody can log in' }],
  }
  return {
    matches: matches.filter(([reports]) => reports.includes(report)).map(([, one]) => one),
    ignoredMatches: [ignored],
  }
}

function match(id, name, cvss, fix, [related, ...scores] = []) {
  return {
    vulnerability: {
      id,
      namespace: id.startsWith('GHSA') ? 'github:language:javascript' : 'nvd:cpe',
      severity: severity(cvss[0]?.metrics.baseScore),
      urls: [],
      cvss,
      fix,
      advisories: [],
    },
    relatedVulnerabilities:
      related === undefined ? [] : [{ id: related, namespace: 'nvd:cpe', urls: [], cvss: scores }],
    matchDetails: [],
    artifact: { name: `@example/${name}`, version: '1.4.2', type: 'npm', purl: `pkg:npm/%40example/${name}@1.4.2` },
  }
}

function severity(score) {
  if (score === undefined || score < 7) return 'Medium'
  return score < 9 ? 'High' : 'Critical'
}

function fix(date) {
  const version = '1.4.3'
  const available = date === undefined ? {} : { available: [{ version, date, kind: 'release' }] }
  return { versions: [version], state: 'fixed', ...available }
}

function nvd(score) {
  return { source: 'nvd@nist.gov', type: 'Primary', ...rating(score) }
}

function github(score) {
  return { type: 'Secondary', ...rating(score) }
}

function rating(baseScore) {
  return { version: '3.1', vector: `CVSS:3.1/${VECTORS[baseScore]}`, metrics: { baseScore } }
}
