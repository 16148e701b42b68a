/** The manual page of maintenance clauses. */
export const maintenanceManual = `MAINTENANCE: how planned work must be announced and done

  clauses:
    announced-work:
      kind: maintenance
      notice: { at-least: 48h, when-longer-than: 15min, during: support }
      inside: night
      longest: 4h
      at-most: 10 per calendar year
      overrun: { notify-within: 30min }

How it is judged
  One finding per piece of work and promise, one per window for at-most.
  Notice = planned start - announced_at, at least the amount, inclusive. It is
  needed only when the planned length (expected_downtime, else planned end -
  planned start, else what it took) is longer than "when-longer-than", and
  when the planned interval overlaps the "during" calendar. A blank
  announced_at is work that was not announced; no such column is unverified.

Fields
  notice   { at-least, when-longer-than, during }; at-least may be unstated.
           Business days run from the announcement at the same time of day.
  inside   a calendar or { every: last sunday, hours: "02:00-06:00" }:
  outside  the work must lie wholly inside (or outside) of it
  longest  the longest one piece of work may take
  at-most  10 per calendar year: work that starts in the window counts, for each
           service of its own, or for all with services-together: any
  overrun  { notify-within: 30min }: notice owed after the planned end

An exclusion may ask for it: { event: maintenance, kept: announced-work } leaves
out of availability only work that this clause did not find breached.

Evidence
  maintenance (start, end, announced_at, planned_start, planned_end,
  expected_downtime, impact, service, kind, overrun_notified_at, id).

Example
  contract.yaml:
    apiVersion: sla/v1
    kind: Contract
    id: acme
    timezone: Europe/Paris
    services: { app: {} }
    clauses:
      announced-work:
        kind: maintenance
        notice: { at-least: 48h }
  maintenance.csv:
    id,start,end,announced_at
    M-1,2026-06-10T10:00:00Z,2026-06-10T12:00:00Z,2026-06-09T10:00:00Z
    M-2,2026-06-24T10:00:00Z,2026-06-24T12:00:00Z,2026-06-21T10:00:00Z
  $ sla audit contract.yaml maintenance.csv --period 2026-06 -q
    x breached  announced-work  1 of 2 met  announced >= 48h ahead
        notice/M-1: 24h, 24h short

    x Not kept: 1 of 1 clause breached.
      findings: 1 breached - 1 met
  M-1 had 24 h of notice of the 48 h owed, M-2 72 h.

A larger one
  sla audit examples/contracts/platform-slo.yaml examples/evidence/platform-slo --only announced-work
`
