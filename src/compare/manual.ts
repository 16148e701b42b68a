/** The manual page of comparisons. */
export const compareManual = `COMPARE: contracts held against each other, promise by promise

  sla compare acme.yaml boreal.yaml
  sla compare --baseline needs.yaml acme.yaml boreal.yaml --align names.yaml

The first contract, or the baseline (kind: Baseline), is the base. Every promise
stands in a row; each cell says how it stands to the base's:

  stronger       whatever keeps it keeps the base's, and not the other way round
  weaker         the other way round
  equal          the same history keeps or breaks both
  incomparable   some history breaks the one alone, some the other alone
  missing        the base promises it, this contract doesn't
  added          this contract promises it, the base doesn't
  not-decidable  one of the two is words without a number (unstated)

Two contracts of one id are two versions: stricter, laxer, dropped. Promises are
compared as if every contract were in force throughout; its dates stand in a row
of their own. An objective is weaker than a guarantee of the same; what is only
observed promises nothing.

How it is known
  By rule, said in words; else by logs, numbered [1], that the auditor judges
  differently under the two. --witness DIR writes them, with the sla audit
  commands that repeat the verdicts. "searched" marks a relation that no rule
  proves: as far as logs were tried, none refutes it.
  * (a star) is the best of its row: proven at least as strong as every other
  offer, and stronger than one, where at least two promise something. Neither a
  baseline nor one of two versions is an offer.

Worst cases
  The most (of notice the least) that a contract permits in --year without a
  breach, and when: downtime, the longest outage, the longest wait by the
  clock on the wall, data lost. "+" is what exclusions permit on top of it.

History
  --evidence FILES judges one history under each contract, over --period, with
  what was known --as-of. Dates of contracts are ignored there too.

Alignment (--align), a file of its own; sla validate checks it, sla schema
alignment is its JSON Schema:

  apiVersion: sla/v1
  kind: Alignment
  priority:  { P1: [critical, blocking] }    the name shown: names for the same
  band:      { high: [major] }
  component: { database: [db] }
  service:   { platform: [app, site] }
  control:   { restore-test: [restore-drill] }
  rows:
    P1 restored:                             the row shown
      acme: support/P1/resolve               contract (id, or version): promise
      boreal: support/blocking/workaround

  Names of evidence follow it, so that one history does for all. What stands
  alone because of its name is warned of, with a line to begin with. Keys are
  those of the rows in -f json.

In CI
  sla compare old.yaml new.yaml \\
    --fail-on weaker,incomparable,missing,not-decidable
  ends with 1 for whatever could be less than before; without --fail-on it ends
  with 0. A number replaced by words is not-decidable.

Example
  old.yaml:
    apiVersion: sla/v1
    kind: Contract
    id: acme
    version: "2025"
    timezone: UTC
    clauses:
      tickets:
        kind: support
        calendar: always
        priorities: { P1: { respond: 1h } }
  new.yaml:
    apiVersion: sla/v1
    kind: Contract
    id: acme
    version: "2026"
    timezone: UTC
    clauses:
      tickets:
        kind: support
        calendar: always
        priorities: { P1: { respond: 2h } }
  $ sla compare old.yaml new.yaml --year 2026 -q --fail-on weaker
    Comparison - acme: two versions                                   2026 - UTC
      2025  acme 2025  old.yaml
      2026  acme 2026  new.yaml

    Against 2025
      2026  v 1 laxer
  It ends with 1: a ticket answered after 90 minutes breaches the old one alone.
`
