/** A story as a sentence: with a capital, and a full stop. */
export function sentence(text: string): string {
  const told = text.trim()
  if (told === '') return told
  return `${told[0]?.toUpperCase()}${told.slice(1)}${/[.!?]$/.test(told) ? '' : '.'}`
}
