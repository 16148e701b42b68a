/** An incident log in the shape of a ServiceNow export, one row per update, with the flaws such logs have. */
export interface IncidentLog {
  readonly csv: string
  readonly rows: number
  /** Rows that stand below a later row of their incident. */
  readonly outOfOrder: number
  /** Rows whose state is none. */
  readonly badStates: number
  readonly incidents: readonly Incident[]
}

/** What truly happened to an incident; minutes since 2016-01-01 00:00, local. */
export interface Incident {
  readonly number: string
  readonly opened: number
  readonly priority: string
  readonly paused: readonly (readonly [start: number, end: number])[]
  /** Stretches from a resolution to the reopening after it. */
  readonly idle: readonly (readonly [start: number, end: number])[]
  /** The last resolution; absent while open. */
  readonly resolved?: number
  /** One of its rows can't be used. */
  readonly spoilt: boolean
}

const COLUMNS =
  'number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,opened_at,sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at'.split(
    ',',
  )

const PRIORITIES = ['1 - Critical', '2 - High', '3 - Moderate', '4 - Low'] as const
const MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

interface State {
  readonly at: number
  readonly state: string
  readonly priority: string
}

/** The same log every time: as many incidents, padded with updates that change nothing to exactly `rows` rows. */
export function incidentLog(incidents: number, rows: number): IncidentLog {
  const random = generator(20160229)
  const made = Array.from({ length: incidents }, (_, i) => lifeOf(i, random))
  let missing = rows - made.reduce((sum, { states }) => sum + states.length, 0)
  if (missing < 0) throw new Error(`too few rows for ${incidents} incidents`)
  while (missing > 0) {
    for (const { states } of made) {
      const at = Math.floor(random() * (states.length - 1))
      const [one, next] = [states[at], states[at + 1]]
      if (missing === 0 || one === undefined || next === undefined || next.at - one.at < 2) continue
      states.splice(at + 1, 0, { ...one, at: one.at + 1 })
      missing--
    }
  }

  const lines = [COLUMNS.join(',')]
  let outOfOrder = 0
  let badStates = 0
  const truth = made.map(({ incident, states }, i): Incident => {
    const shown = [...states]
    const [first, second, third] = shown
    if (i % 97 === 0 && first !== undefined && second !== undefined && third !== undefined && second.at < third.at) {
      shown.splice(1, 2, third, second)
      outOfOrder++
    }
    const spoilt = i % 5000 === 7
    if (spoilt) badStates++
    const last = states.at(-1)
    for (const [n, { at, state, priority }] of shown.entries()) {
      const cells: Record<string, string> = {
        number: incident.number,
        incident_state: spoilt && n === 1 ? '-100' : state,
        active: String(state !== 'Closed'),
        reassignment_count: '0',
        reopen_count: String(incident.idle.length),
        sys_mod_count: String(n),
        made_sla: 'true',
        caller_id: `Caller ${i % 500}`,
        opened_by: `Opened by ${i % 90}`,
        opened_at: stamp(incident.opened),
        sys_created_at: i % 3 === 0 ? '?' : stamp(incident.opened),
        sys_updated_by: 'Updated by 21',
        sys_updated_at: stamp(at),
        contact_type: 'Phone',
        priority,
        assignment_group: `Group ${i % 70}`,
        // Such exports repeat what is known in the end on every row.
        resolved_at: incident.resolved === undefined ? '?' : stamp(incident.resolved),
        closed_at: last?.state === 'Closed' ? stamp(last.at) : '?',
      }
      lines.push(COLUMNS.map(column => cells[column] ?? '?').join(','))
    }
    return { ...incident, spoilt }
  })
  return { csv: `${lines.join('\n')}\n`, rows: lines.length - 1, outOfOrder, badStates, incidents: truth }
}

/** New, work, perhaps waiting for the caller, resolved, perhaps reopened up to twice, closed; minutes apart. */
function lifeOf(i: number, random: () => number): { readonly incident: Incident; readonly states: State[] } {
  const within = (least: number, most: number): number => least + Math.floor(random() * (most - least))
  const opened = within(60 * 24 * 60, 120 * 24 * 60)
  let priority: string = PRIORITIES[within(0, 4)] ?? PRIORITIES[3]
  const states: State[] = []
  const paused: [number, number][] = []
  const idle: [number, number][] = []
  let at = opened
  const step = (state: string, later: number): void => {
    at += later
    states.push({ at, state, priority })
  }
  step('New', 0)
  const cycles = i % 23 === 0 ? 3 : i % 7 === 0 ? 2 : 1
  const open = i % 50 === 3
  let resolved: number | undefined
  for (let cycle = 0; cycle < cycles; cycle++) {
    if (resolved !== undefined) {
      step('Active', within(30, 4000))
      idle.push([resolved, at])
      resolved = undefined
    }
    step('Active', within(5, 900))
    if (i % 11 === 0 && cycle === 0) {
      priority = PRIORITIES[within(0, 4)] ?? PRIORITIES[3]
      step('Active', within(3, 300))
    }
    if (random() < 0.35) {
      step('Awaiting User Info', within(5, 1500))
      const from = at
      step('Active', within(10, 6000))
      paused.push([from, at])
    }
    if (open && cycle === cycles - 1) break
    step('Resolved', within(5, 2500))
    resolved = at
  }
  if (resolved !== undefined) step('Closed', within(7000, 7300))
  const number = `INC${String(45 + i).padStart(7, '0')}`
  const end = resolved === undefined ? {} : { resolved }
  return { incident: { number, opened, priority, paused, idle, ...end, spoilt: false }, states }
}

/** `D/M/YYYY HH:MM` of a minute of 2016. */
function stamp(minute: number): string {
  let day = Math.floor(minute / 1440)
  let month = 0
  while (day >= (MONTHS[month] ?? 31)) day -= MONTHS[month++] ?? 31
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${day + 1}/${month + 1}/2016 ${two(Math.floor((minute % 1440) / 60))}:${two(minute % 60)}`
}

/** Park and Miller's generator: the same numbers everywhere. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}
