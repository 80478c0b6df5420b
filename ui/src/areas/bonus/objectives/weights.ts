/** Shares as people write them, summed exactly: 60%, 0.6 or 3/5. */

interface Exact {
  num: bigint;
  den: bigint;
}

/** None: it is no share. */
export function shareOf(text: string): Exact | null {
  const plain = text.trim().replace("％", "%");
  const percent = plain.endsWith("%");
  const parts = /^(\d{1,9})(?:\.(\d{1,9}))?(?:\/(\d{1,9}))?$/.exec(percent ? plain.slice(0, -1).trim() : plain);
  if (!parts) return null;
  const [, whole = "0", decimals = "", divisor = "1"] = parts;
  const den = 10n ** BigInt(decimals.length) * BigInt(divisor) * (percent ? 100n : 1n);
  return den === 0n ? null : { num: BigInt(whole + decimals), den };
}

/** Their sum as a percentage, and whether that is the whole; null while one is no share. */
export function totalOf(weights: readonly string[]): { text: string; whole: boolean } | null {
  let sum: Exact = { num: 0n, den: 1n };
  for (const text of weights) {
    const share = shareOf(text);
    if (!share) return null;
    sum = { num: sum.num * share.den + share.num * sum.den, den: sum.den * share.den };
  }
  // Hundredths of a percent, cut: 99.99 % of thirds is not told as 100 %.
  const cut = (sum.num * 10_000n) / sum.den;
  const [percent, rest] = [cut / 100n, cut % 100n];
  const text = rest === 0n ? `${percent}%` : `${percent}.${String(rest).padStart(2, "0").replace(/0$/, "")}%`;
  return { text, whole: sum.num === sum.den };
}
