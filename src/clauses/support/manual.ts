/** The manual page of support clauses. */
export const supportManual = `SUPPORT: times to respond to tickets, keep customers told and resolve them

  calendars:
    support: { days: mon-fri, hours: "09:00-18:00", holidays: FR }
  clauses:
    tickets:
      kind: support
      calendar: support
      clock: calendar              # h and min run in support hours
      business-day: end-of-day
      paused-in: [waiting-customer]
      on-reopen: continue
      priorities:
        P1: { respond: 2h, resolve: 4h }
        P2: { respond: 8h, resolve: 2 business days }
        P3: { respond: 4 days, resolve: unstated }

How it is judged
  Each ticket and promise has a clock. Counted is the open time of the clock
  from its start to its stop (or to as-of), less what stood still, all in the
  time of that same clock. Breached when more is counted than the amount
  allows: one answered after closing time with nothing left over is in time.
  Due is the first instant at which the allowance is used up; used up exactly
  at closing time, that closing. A breach is dated by the first instant that
  counts beyond it, then the next opening: that period has it.

Amounts
  2h, 30min            on "clock"
  4 business hours     on the calendar
  2 business days      on the calendar, see business-day
  4 days, 2 weeks      on the wall clock, to the same local time
  unstated             a duty without a number: listed, never judged
  { by-calendar: { core: 30min, otherwise: 4h } }
                       that of the first calendar open when the clock starts

Promises of a priority
  respond       to the first reply of a person; where there is none before it,
                the resolution stops it (noted as inferred); a log of replies
                alone is enough: the first one in it is the first
  update-every  the longest stretch between response, updates, replies and
                resolution; needs ticket-change rows
  workaround    to the first workaround, or the resolution if that is earlier
  resolve       to the resolution; a closed ticket without one is resolved at
                its closing (noted as inferred)
  report        from the resolution to the report

Fields
  calendar            support hours: a calendar of the contract, or always
  priorities          name -> { respond, update-every, workaround, resolve,
                      report }
  clock               calendar (default) | always: what h and min run on
  business-day        end-of-day (default): day 0 is the day of the ticket or,
                      outside hours, the next one that opens; over at the
                      close of day N | same-time: the same time on day N
                      | working-hours: N x the hours of the first day
  paused-in           states in which the clock stands still (default none)
  on-reopen           continue (default): the time it was resolved does not
                      count | restart: anew from the last reopening
                      | first-resolve: stops at the first resolution
                      | last-resolve: runs unbroken to the last one
  on-priority-change  carry (default): the priority in force at the stop
                      | at-open | strictest: the worst of all it had
  from                opened (default) | reported | a change, such as responded
  unprioritised       the priority of tickets without one
  workaround-counts   a workaround stops the resolve clock (default false)
  auto-reply-counts   an automatic reply is a response (default false)
  customer-timezone   the calendar runs in the zone of the ticket
  attainment          95% per calendar month: the window is judged, not each
                      ticket; late ones are its steps
  mean                { resolve: 4h, window: calendar month }: the mean of all
                      tickets whose clock starts in the window

Evidence
  ticket (id, priority, opened_at, responded_at, workaround_at, resolved_at,
  closed_at ...), one row a ticket, or ticket-change (id, time, change, value),
  one row a change, or both. A blank cell has not happened; a column that is
  absent, or ?, is not known (closed_at is not missed where resolved_at is
  there). What can't be told is unverified: a ticket with dates only is judged
  at both ends of the day, met or breached only if both agree; with paused-in
  and no ticket-change records a ticket is breached by nothing, unless
  --assume-complete ticket-change says that none was paused. Tickets opened
  before the period and open in it are judged too.

Example
  contract.yaml:
    apiVersion: sla/v1
    kind: Contract
    id: acme
    timezone: Europe/Paris
    calendars:
      support: { days: mon-fri, hours: "09:00-18:00" }
    clauses:
      tickets:
        kind: support
        calendar: support
        clock: calendar
        business-day: end-of-day
        on-reopen: continue
        priorities: { P1: { respond: 2h } }
  tickets.csv:
    id,priority,opened_at,responded_at
    T-1,P1,2026-06-05T17:10:00+02:00,2026-06-08T10:55:00+02:00
    T-2,P1,2026-06-24T09:00:00+02:00,2026-06-24T09:20:00+02:00
  $ sla audit contract.yaml tickets.csv --period 2026-06 -q
    x breached  tickets  1 of 2 met  P1 respond <= 2h
        P1-respond/T-1: 2h 45m counted in support hours, 45m over

    x Not kept: 1 of 1 clause breached.
      findings: 1 breached - 1 met
  $ sla due contract.yaml tickets/P1/respond --from 2026-06-05T17:10 -q
    tickets/P1/respond  2h  Mon  8 Jun 2026 10:10 +02:00
  T-1 was opened on a Friday: 50 min until 18:00, 1 h 55 min on Monday.

A larger one
  sla audit examples/contracts/platform-slo.yaml examples/evidence/platform-slo --only tickets
`
