/** The fake's largest-remainder split; the real one lives in Rust (yeji-core). */

/** Parts in proportion to weights that sum to `total` exactly; equal weights if all are zero. */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum === 0n) return allocate(total, weights.map(() => 1n));
  const parts = weights.map((weight) => (total * weight) / sum);
  const order = weights
    .map((weight, index) => ({ index, rest: (total * weight) % sum }))
    .toSorted((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  let missing = total - parts.reduce((a, b) => a + b, 0n);
  for (const { index } of order) {
    if (missing <= 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    missing -= 1n;
  }
  return parts;
}
