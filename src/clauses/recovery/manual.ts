/** The manual page of recovery clauses. */
export const recoveryManual = `RECOVERY: how much may be lost (RPO), and how long a restore may take (RTO)

  clauses:
    disaster:
      kind: recovery
      rpo: { at-most: 5min, measure: incident }
      rto: { at-most: 6h, from: failure }
    by-request:
      kind: recovery
      scenarios:
        partial: { rto: { at-most: 2h, from: requested } }
        full: { rto: { at-most: 8h, from: requested } }
    lag:
      kind: recovery
      of: database
      rpo: { at-most: 15min, measure: samples }

How it is judged
  A case is an incident of kind disaster, or a restore in earnest; a test is
  none, and where nothing failed (failure_at blank, no incident) neither is a
  restore for an RPO or an RTO from the failure. A restore belongs to the
  incident it names, or, where it names none, to the only one that it lies in.
  Each case is a finding (disaster/rto/ID, disaster/rpo/ID); without any it is
  unverified (not-exercised).
  RTO: from the start of the clock to recovered_at, else to the end of the first
  restore of each component that passed. Not restored, it is breached once the
  amount has passed. Exactly the amount is in time.
  RPO by incident: from the point it went back to (recovered_to) to the failure.
  By exposure: the time since the start of the last backup that is complete and
  can be restored, at each instant. By samples: a row says how far back one
  could go (recoverable_to); until the amount has passed since then it is kept,
  before the sample it is breached from then on, and the rest is unverified
  (between-samples). Stretches beyond the amount are findings of their own
  (lag/rpo/2026-05-03); what is kept besides is one finding (lag/rpo).

Fields
  of         components, as the evidence names them (all counts for each)
  rpo        { at-most, measure }: measure is incident | exposure | samples
  rto        { at-most, from }: failure (default): occurred_at of the incident,
             else failure_at of the restore | requested: requested_at
             | declared: declared_at of the incident
  at-most    5min, 6h, 1 day, unstated: hours are elapsed, days and longer end
             at the same local time
  scenarios  name -> { rpo, rto } in their place: a case is of the scenario that
             the scope of its restores names, else its own; rpo by incident only
  accept     which backups count for exposure (default [success])
  where      picks the cases; with kind in it incidents of other kinds too

Evidence
  incident (id, kind, occurred_at, declared_at, recovered_at, scope ...),
  restore (requested_at, started_at, completed_at, component, purpose, scope,
  outcome, recovered_to, failure_at, incident ...): one of them is enough. For
  exposure backup or inventory, for samples recovery-point (time,
  recoverable_to, component). A blank cell has not happened; a column that is
  absent, or ?, is not known, and what needs it is unverified.

Example
  contract.yaml:
    apiVersion: sla/v1
    kind: Contract
    id: acme
    timezone: Europe/Paris
    clauses:
      disaster: { kind: recovery, rto: { at-most: 6h, from: failure } }
  incidents.csv:
    id,kind,occurred_at,recovered_at
    I-1,disaster,2026-06-03T10:00:00+02:00,2026-06-03T16:30:00+02:00
    I-2,disaster,2026-06-20T22:00:00+02:00,2026-06-21T01:00:00+02:00
  $ sla audit contract.yaml incidents.csv --period 2026-06 -q
    x breached  disaster  1 of 2 met  RTO <= 6h from failure
        rto/I-1: 6h 30m counted, 30m over

    x Not kept: 1 of 1 clause breached.
      findings: 1 breached - 1 met
  I-1 was over after 6 h 30 min, I-2 after 3 h.

A larger one
  sla audit examples/contracts/robaws.yaml examples/evidence/robaws --only disaster
`
