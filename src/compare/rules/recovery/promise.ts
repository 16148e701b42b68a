export type Slot = 'rpo' | 'rto'

/** What a key stands for: `recovery/rto`, `recovery/partial/rto`. */
export function promiseAt(key: string): { readonly slot: Slot; readonly scenario: string | undefined } {
  const parts = key.replace(/#\d+$/, '').split('/')
  const scenario = parts.slice(1, -1).join('/')
  return { slot: parts.at(-1) === 'rpo' ? 'rpo' : 'rto', scenario: scenario === '' ? undefined : scenario }
}
