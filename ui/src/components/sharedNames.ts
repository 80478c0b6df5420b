/** Names that stand more than once: their people are told apart by the staff number. */
export function sharedNames(rows: readonly { name: string }[]): ReadonlySet<string> {
  const once = new Set<string>();
  return new Set(rows.flatMap(({ name }) => (once.has(name) ? [name] : (once.add(name), []))));
}
