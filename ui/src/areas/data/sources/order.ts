/** The stated order of sources, changed without touching what came before. */

/** One place up (-1) or down (1); the ends stay. */
export function moved(order: readonly string[], source: string, by: -1 | 1): string[] {
  const at = order.indexOf(source);
  const other = order[at + by];
  if (at < 0 || other === undefined) return [...order];
  return order.map((one) => (one === source ? other : one === other ? source : one));
}

/** A single source would share its records with nobody: then there is no order. */
export function without(order: readonly string[], source: string): string[] {
  return order.filter((one) => one !== source);
}
