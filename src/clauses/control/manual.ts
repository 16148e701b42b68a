/** The manual page of control clauses. */
export const controlManual = `CONTROL: duties that recur, restore tests, and attestations

  clauses:
    restore-test:
      kind: control
      of: restore
      every: 1 week
      tolerance: 1 day
      outcome: passed
    access-review: { kind: control, times: 2 per calendar year, per: subject }
    iso-27001: { kind: control, valid-for: 3 years }

How it is judged
  every: at each instant one that counts lies less than the amount back. What is
  beyond that is a gap, one finding each (restore-test/2026-W18 by the week it
  begins in, where weeks are counted; months and years likewise, else by its
  local date); performed exactly at the limit is in time. The first clock starts
  with the term; where the log begins later, or there is no term, with the log,
  as if one had been performed there, and a note says so. Where nothing else
  keeps it, it is unverified. With time left, the next one due is pending.
  times: met as soon as there are enough of them in the window, breached at its
  end. valid-for: at each instant of the term an attestation holds: each for
  the amount, or to its valid_until where that is sooner (a date includes that
  day). Nothing is presumed before the first: that time is unverified as long as
  one from before the log may hold, and breached where a coverage row or an
  earlier row says that the log reaches back.

Fields
  of         the control as the evidence names it (default the id of the
             clause), or restore: tests of restoring
  every      24h, 1 week, 1 month, unstated: hours are elapsed, days and longer
             end at the same local time, months at the month's end at the latest
  times      2 per calendar year | quarter | month, contract month, term
  valid-for  3 years: for attestations
  tolerance  how much later still counts, with every and valid-for (default 0)
  outcome    passed (default) | performed: whatever came of it
  per        subject: each subject that the log names by itself
  where, services   as everywhere: { scope: full } for full restores only
  Duties that something triggers (within, after, at-least, before, throughout)
  belong to the language and are not supported yet: leave such clauses out.

Evidence
  control (control, performed_at, subject, outcome, value, valid_until): a blank
  performed_at is planned only. restore (started_at, requested_at, completed_at,
  component, backup, purpose, scope, source, outcome ...): tests count from
  their completion; one from the live system is no test of a backup. What failed
  does not count and is listed. A log is complete for the period, and from its
  first row on; what the rows leave open (no outcome, only a date) is unverified
  where it decides. A coverage row says where the log is complete.

Example
  contract.yaml:
    apiVersion: sla/v1
    kind: Contract
    id: acme
    timezone: Europe/Paris
    clauses:
      drill: { kind: control, every: 1 week }
  controls.csv:
    control,performed_at,outcome
    drill,2026-06-01T10:00:00+02:00,passed
    drill,2026-06-09T10:00:00+02:00,passed
    drill,2026-06-15T10:00:00+02:00,failed
    drill,2026-06-16T09:00:00+02:00,passed
  $ sla audit contract.yaml controls.csv --period 2026-06-01..2026-06-16 -q
    x breached  drill  8d  every 1 week  between performances, 7d allowed: 1d
                                         over

    x Not kept: 1 of 1 clause breached.
      findings: 1 breached
  The second came 8 days after the first; what failed does not count.

A larger one
  sla audit examples/contracts/timetonic.yaml examples/evidence/timetonic --only restore-test
`
