import { describe, expect, it } from 'vitest'
import { grype } from '../../src/evidence/formats/grype.ts'
import { convert, json } from './formats-findings-support.ts'

describe('Grype', () => {
  it('tells when a fix became available, what is ignored, and how old its database is', () => {
    const { rows, leftOut, flaws, warned } = convert(grype, json('grype/dated.json'))
    const asset = 'registry.example/shop:2.4'
    const time = '2026-05-02T09:30:15.482913+02:00'
    const scan = `grype ${asset} ${time}`
    expect(rows).toEqual([
      {
        type: 'scan',
        id: scan,
        time,
        asset,
        scanner: 'grype',
        scope: 'image squashed',
        outcome: 'success',
        database_at: '2026-05-01T06:12:40Z',
      },
      {
        type: 'vulnerability',
        id: 'GHSA-35jh-r3h4-6jhm',
        aliases: 'CVE-2021-23337',
        asset,
        component: 'pkg:npm/lodash@4.17.15',
        version: '4.17.15',
        cvss: '7.2',
        vector: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H',
        score_source: 'github',
        severity: 'High',
        // The earlier of an advisory of 6 May and a first sighting of 20 February.
        vendor_patch_at: '2021-02-20',
        patch_kind: 'first-observed',
        fixed_version: '4.17.21',
        fix_state: 'fixed',
        suppressed: '',
        scan,
      },
      {
        type: 'vulnerability',
        id: 'CVE-2004-0971',
        asset,
        component: 'pkg:deb/debian/libgssapi-krb5-2@1.20.1-2%2Bdeb12u1?arch=amd64&distro=debian-12',
        version: '1.20.1-2+deb12u1',
        severity: 'Negligible',
        // The maker will not fix it: there is none so far.
        vendor_patch_at: '',
        fixed_version: '',
        fix_state: 'wont-fix',
        suppressed: 'ignored: no shared machines CVE-2004-0971',
        scan,
      },
    ])
    // The same package at a second place of the image.
    expect([leftOut, flaws, warned]).toEqual([['vulnerability'], [], []])
  })

  it('repeats the catalogue of known exploited vulnerabilities; EPSS without a date is left out', () => {
    const { rows, leftOut, warned } = convert(grype, json('grype/log4j-kev.json'), '2026-05-01T06:00:00Z')
    expect(rows.map(({ type, id }) => [type, id])).toEqual([
      ['scan', 'grype test-image:latest 2026-05-01T06:00:00Z'],
      ['vulnerability', 'CVE-2021-44228'],
      ['known-exploited', 'CVE-2021-44228'],
      ['vulnerability', 'CVE-2021-45046'],
    ])
    expect(rows[2]).toEqual({
      type: 'known-exploited',
      id: 'CVE-2021-44228',
      due_at: '2021-12-24',
      added_at: '2021-12-10',
      catalogue: 'CISA KEV',
    })
    // A fix is known, but not since when.
    expect(rows[1]).toMatchObject({ cvss: '10', score_source: 'nvd', vendor_patch_at: '?', fixed_version: '2.15.0' })
    expect([leftOut, warned]).toEqual([['epss'], []])
  })

  it('takes scores of related records, and says EPSS once; without a source there is no scan', () => {
    const { rows, warned } = convert(grype, json('grype/rapid-reset.json'), '2025-07-21T00:00:00Z')
    const vector = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H'
    const score = {
      type: 'score',
      id: 'GHSA-4374-p667-p6c8',
      asset: '',
      component: 'pkg:golang/golang.org/x/net@v0.9.0',
      time: '2025-07-21T00:00:00Z',
      cvss: '7.5',
      vector,
    }
    expect(rows.slice(1)).toEqual([
      { ...score, source: 'github' },
      { ...score, source: 'nvd' },
      { type: 'epss', id: 'CVE-2023-39325', time: '2025-07-20', score: '0.00163' },
    ])
    expect(rows[0]).toMatchObject({ aliases: 'CVE-2023-39325', severity: 'High' })
    expect(rows[0]).not.toHaveProperty('scan')
    expect(warned).toEqual(['no-asset'])
  })

  it('that found nothing is a report too; a match without an id is a flaw', () => {
    const empty = { matches: [], source: { type: 'directory', target: '/srv/shop' }, descriptor: { name: 'grype' } }
    expect(grype.fits(empty)).toBe(true)
    expect(convert(grype, empty, '2026-05-01T06:00:00Z').rows).toEqual([
      {
        type: 'scan',
        id: 'grype /srv/shop 2026-05-01T06:00:00Z',
        time: '2026-05-01T06:00:00Z',
        asset: '/srv/shop',
        scanner: 'grype',
        scope: 'directory',
        outcome: 'success',
      },
    ])
    const { flaws } = convert(grype, { ...empty, matches: [{ vulnerability: {}, artifact: {} }] })
    expect(flaws).toEqual([{ problem: 'a match has no vulnerability.id', key: 'vulnerability' }])
    expect(grype.fits({ matches: [] })).toBe(false)
    expect(grype.fits({ matches: [{ team: 'a' }] })).toBe(false)
  })
})
