import { writeFileSync } from 'node:fs'

const rows = ['id,asset,cvss,detected_at,fixed_at']
let number = 2200

/** `count` vulnerabilities of one day, fixed on another; `''`: not fixed. */
function add(count, detected, fixed) {
  for (let i = 0; i < count; i++)
    rows.push(`CVE-2026-${++number},web,7.5,${detected}T10:00:00+02:00,${fixed && `${fixed}T10:00:00+02:00`}`)
}

add(19, '2026-04-10', '2026-04-17')
add(1, '2026-04-10', '2026-04-18')
add(18, '2026-05-10', '2026-05-12')
add(2, '2026-05-25', '2026-06-05')
add(18, '2026-06-02', '2026-06-03')
add(1, '2026-06-02', '2026-06-12')
add(2, '2026-06-20', '')
writeFileSync('vulnerabilities.csv', `${rows.join('\n')}\n`)
