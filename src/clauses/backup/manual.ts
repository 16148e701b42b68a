/** The manual page of backup clauses. */
export const backupManual = `BACKUP: how often backups are made, how long they are kept, and where

  clauses:
    nightly:
      kind: backup
      of: [database, files]
      schedule: { every: 24h, tolerance: 1h }
      keep: { for: 30 days, at: vault }
      tiers: [{ per: month, keep: 12, basis: age }]
      copies: { differs: provider, made-within: 24h, keep: 28 days }
      residency: [FR]

How it is judged
  Each promise says which backups count and when one of them must be there: a
  breach is time that is owed and that none covers. What the rows prove is met
  or breached; what they leave open is unverified, and says what is missing.
  A backup is there where it exists (from the end of its run, or of its
  transfer, until it is deleted or a complete listing lacks it), no
  verification of it has failed so far, and what it needs (parent) can be
  restored at the same location. Only the statuses of accept count: a failed
  run leaves nothing, a partial one leaves something behind.
  Neighbours that are not kept for the same reason are one finding, named after
  the first: nightly/schedule/2026-05-03, nightly/keep/2026-05-03,
  nightly/tier-month/2026-02, with the component before the date where there
  are several. What is kept of a promise is one finding: nightly/keep.
  What still runs, and what is still to be kept, is pending.

Fields (at least one promise)
  of          components, as the evidence names them (a row of "all" counts for
              each); without it all backups are one series: one of any
              component keeps the promise
  accept      statuses that count (default [success]), also warning, partial
  only        full | incremental | any (default)
  schedule    one of
    every: 24h            from one start to the next; also 1 day, 1 week
    per: day              one in each local day | week (Monday to Sunday)
                          | month | quarter | year
    daily-at: "04:00"     one a day, started then
    tolerance   how much later still counts (default 1h; of per, none)
    early       how much before daily-at (default none)
    anchor      start (default) | completion
  keep        one of
    for: 30 days          each backup, as old as that at least
    copies: 30            each backup, until 30 later ones are made
    recovery-window: 7 days   always one that is that old and can be restored
    from        for is counted from: start (default) | completion
    tolerance   how much less still counts (default 1h of for, else none)
    at          the location where it is kept (default any): one that never was
                there is a breach
  tiers       [{ per, keep, basis, tolerance }]: of each unit some backup is
              kept longer; only units that lie in the term whole, and in which
              one was made
    basis       age (default): one is keep units old | unit: keep units, its
                own one of them, as restic and borg count
    tolerance   default 1h of age, none of unit
  recovery-points   { ages, slack, grace }: on each local day there are backups
              that are so many days old
    ages        "1-29" or [1, 2, 3, 7, 14]
    slack       or up to so many days older (default 0)
    grace       how long after midnight it may be missing (default none)
  max-age     3 months, or { for, tolerance }: nothing is older, partial
              backups and copies included
  copies      { at-least, differs, made-within, keep }: of each backup, in other
              places than the one it was written to
    at-least    how many (default 1)
    differs     provider | region | location: what tells the places apart
    made-within after the completion; left out: while the backup is kept.
                Without word that all copies are told (a coverage row of type
                backup-copy, --assume-complete backup-copy) it may be unverified
    keep        after the start, there and restorable
  residency   [FR]: ISO codes of countries, EU, EEA or Europe. A copy elsewhere
              is a breach however short its time; a country not known is
              unverified
  An amount is 24h, 30 days, 3 months ... or unstated. Days and longer are of
  the calendar: the same local time, months clamp to their end; 24h is elapsed.
  A day of tolerance, early or grace is 24h.

Evidence
  backup (component, started_at, completed_at, status, kind, parent, location,
  provider, region, country, expires_at, deleted_at, id) or inventory (taken_at,
  backup, location, complete ...): what a listing holds; each used if given:
  backup-copy, backup-deletion, verification, restore. Exports of restic, borg,
  pgBackRest, Barman and others are read as they are.
  A log of backups proves how often they were made, never how long they were
  kept: for that it takes a log of deletions with a coverage row that says that
  it is complete, or complete listings, one after the other. A listing beats a
  log. An expiry as configured is shown, and proves nothing.
  The log of backups is taken as complete from its first row on, with a warning,
  unless a coverage row says otherwise; what lies before it is unverified. Only
  where a schedule says every, a backup is presumed at the log's start.

Example
  contract.yaml:
    apiVersion: sla/v1
    kind: Contract
    id: acme
    timezone: Europe/Paris
    clauses:
      nightly:
        kind: backup
        of: [database]
        schedule: { every: 24h, tolerance: 1h }
  backups.csv:
    component,id,started_at,completed_at,status
    database,db-1,2026-06-01T04:00:00+02:00,2026-06-01T04:30:00+02:00,success
    database,db-2,2026-06-02T04:00:00+02:00,2026-06-02T04:10:00+02:00,failed
    database,db-3,2026-06-03T04:00:00+02:00,2026-06-03T04:30:00+02:00,success
  $ sla audit contract.yaml backups.csv --period 2026-06-01..2026-06-03 -q
    x breached  nightly  1 breach  every 24h (+1h)  schedule/2026-06-02: 48h
                                                    between starts, 25h allowed:
                                                    23h over

    x Not kept: 1 of 1 clause breached.
      findings: 1 breached - 1 met
  What failed leaves nothing: 48 h lie between two starts, 25 h are allowed.

A larger one
  sla audit examples/contracts/platform-slo.yaml examples/evidence/platform-slo --only nightly
`
