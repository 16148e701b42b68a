/** The manual page of availability clauses. */
export const availabilityManual = `AVAILABILITY: a share of time (or of requests) in which a service is up

  clauses:
    uptime:
      kind: availability
      target: 99.5%              # at least; { above: 99.5% } for strictly more
      window: calendar month
      excluding: [planned]
      excluded-time: leaves-denominator
      no-data: unknown

How it is judged
  Per window W: service time S = W, cut by the term and by "during".
  Down D = outages, down time from samples, and maintenance whose impact is
  down, of the service and of all it needs. Excluded X = what qualifies.
    down = |(D in S) - X|     base = |S - X|, |S| or a fixed base
    met when (base - down) / base reaches the target, in exact integers.

Fields
  target          99.5% | { above: 99.95% }
  window          calendar month | quarter | year (starting february),
                  contract month, billing month, rolling 30 days, term
  during          a calendar; time outside it counts as nothing (default always)
  base            fixed divisor such as 720h
  accounting      time (default) | requests | { minutes: whole | touched }
                  | { whole: 5min } | { users: 40 }
                  | { slices: 5min, bad-when: { errors: { above: 5% } } }
                  | { slices: 5min, mean: errors }
                  bad-when operands: errors failed total down pNN(metric);
                  bounds: above at-least below at-most; all must hold.
                  A slice is classified first, then its time in S - X counts.
                  "whole" needs down time from end to end, excluded or not;
                  "touched" and "down" look at down time that counts.
  shortest-outage 5min | { longer-than: 5min, measured: after-exclusions }
  excluding       names of exclusions (default none)
  excluded-time   leaves-denominator (default) | counts-as-up
  no-data         unknown (default) | up | down
  no-traffic      up (default) | down | unknown: rows with total 0
  degraded        up (default) | down | 50% | affected (the row's share)
  partial         down (default) | up | 50% | affected
  down-when       any (default) | majority | all: of the locations that report
  all-down        [a, b]: down only while all of these services are down
  sources         whose monitoring counts
  from            start (default) | detected | reported
                  | { earliest-of: [detected, reported] }
  sampling        first-up (default) | last-down | midpoint
  max-gap         longest pause between samples (default 3 x usual interval)
  every           the usual interval, if the samples should not say it
  rounding        { decimals: 1, mode: half-up }: only where the text rounds

Evidence
  outage (start, end, severity, cause ...) or check (time, status) for time;
  requests (time, total, failed) for requests and error slices; measurement or
  check for pNN(metric); maintenance when an exclusion asks for it.
  An outage log is complete for the period you audit, samples speak for
  themselves: a pause longer than max-gap is unknown time. With no-data:
  unknown a window is met only if met with the gaps down, and breached only if
  breached with the gaps up; otherwise it is unverified, with both bounds.

Example
  contract.yaml:
    apiVersion: sla/v1
    kind: Contract
    id: acme
    timezone: Europe/Paris
    services: { app: {} }
    clauses:
      uptime:
        kind: availability
        target: 99.5%
        window: calendar month
        excluded-time: leaves-denominator
        no-data: unknown
  outages.csv:
    id,start,end
    OUT-1,2026-06-09T10:00:00+02:00,2026-06-09T13:00:00+02:00
    OUT-2,2026-06-20T08:00:00+02:00,2026-06-20T09:00:00+02:00
  $ sla audit contract.yaml outages.csv --period 2026-06 -q
    x breached  uptime  99.44 %  >= 99.5 % a calendar month
        24m over the allowance

    x Not kept: 1 of 1 clause breached.
      findings: 1 breached
  30 days allow 0.5 % of 720 h = 3 h 36 min; down were 4 h.

A larger one
  sla audit examples/contracts/platform-slo.yaml examples/evidence/platform-slo
`
