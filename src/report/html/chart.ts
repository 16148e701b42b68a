/**
 * One drawing of a page: inline SVG with its own title and description, and the same figures as a table. All texts but
 * `svg` are plain, not yet escaped; `id` is unique on the page.
 */
export interface Chart {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly svg: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}
