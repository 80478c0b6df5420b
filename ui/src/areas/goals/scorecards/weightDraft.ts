/** The weights of a scorecard while they are written: what they total, what is wrong with them, how they are balanced. */
import type { BackendError } from "../../../backend/backend";
import type { KpiWeightSetting, ScorecardKpi } from "../../../backend/generated";
import type { Fraction } from "../../../components/format";
import { lowest, minus, ONE, plus, readShare, shareText, shareToSend, sum, times, ZERO } from "./exact";

export interface WeightRow {
  /** Names the row while it is written. */
  key: number;
  metric: string | null;
  /** In per cent, as typed. */
  weight: string;
  /** In per cent, as typed; empty is no limit. */
  cap: string;
}

export type WeightField = "metric" | "weight" | "cap";
export type RowWrong = "metric" | "twice" | "weight" | "positive" | "cap";
/** By row and field. */
export type Wrongs = ReadonlyMap<number, Partial<Record<WeightField, RowWrong>>>;

export function rowsOf(kpis: readonly ScorecardKpi[]): WeightRow[] {
  const bare = (text: string | null) => (text ?? "").replace(/%$/, "");
  return kpis.map((kpi, key) => ({ key, metric: kpi.metric, weight: bare(kpi.weight_shown), cap: bare(kpi.cap_shown) }));
}

export function blankRow(rows: readonly WeightRow[]): WeightRow {
  return { key: Math.max(-1, ...rows.map(({ key }) => key)) + 1, metric: null, weight: "", cap: "" };
}

export function settingsOf(rows: readonly WeightRow[]): KpiWeightSetting[] {
  return rows.map(({ metric, weight, cap }) => ({
    metric: metric ?? "",
    weight: shareToSend(weight),
    ...(cap.trim() !== "" && { cap: shareToSend(cap) }),
  }));
}

export interface Total {
  total: Fraction;
  /** What is missing; below zero, what is too much. */
  rest: Fraction;
  /** Every weight can be read, and is above zero. */
  readable: boolean;
}

export function totalOf(rows: readonly WeightRow[]): Total {
  const weights = rows.map(({ weight }) => readShare(weight));
  const total = sum(weights.map((weight) => weight ?? ZERO));
  return { total, rest: minus(ONE, total), readable: weights.every((weight) => weight !== null && weight.n > 0n) };
}

export function wrongsOf(rows: readonly WeightRow[]): Wrongs {
  const wrongs = new Map<number, Partial<Record<WeightField, RowWrong>>>();
  rows.forEach((row, at) => {
    const [weight, cap] = [readShare(row.weight), readShare(row.cap)];
    const twice = rows.slice(0, at).some(({ metric }) => metric === row.metric);
    const wrong = {
      ...(row.metric === null ? { metric: "metric" as const } : twice && { metric: "twice" as const }),
      ...(!weight ? { weight: "weight" as const } : weight.n <= 0n && { weight: "positive" as const }),
      ...(row.cap.trim() !== "" && !(cap && cap.n > 0n) && { cap: "cap" as const }),
    };
    if (Object.keys(wrong).length > 0) wrongs.set(row.key, wrong);
  });
  return wrongs;
}

/** Where the program's refusal belongs; null: it is about no field. */
export type Place = { row: number; field: WeightField } | "total" | "from" | "role" | null;

export function placeOf({ code, params }: Pick<BackendError, "code" | "params">, rows: readonly WeightRow[]): Place {
  if (code === "input") return params["field"] === "from" || params["field"] === "role" ? params["field"] : null;
  if (["kpi_weights_below", "kpi_weights_above", "kpi_weights_none", "kpi_weights_too_many"].includes(code)) return "total";
  const named = params["kpi"] ?? params["metric"] ?? (code === "not_found" ? params["value"] : undefined);
  const row = code === "kpi_weight_twice" ? rows.findLast(({ metric }) => metric === named) : rows.find(({ metric }) => metric === named);
  if (!row) return null;
  if (code === "kpi_cap_not_positive") return { row: row.key, field: "cap" };
  if (code === "kpi_weight_not_positive") return { row: row.key, field: "weight" };
  if (code !== "kpi_weight_value") return { row: row.key, field: "metric" };
  const isCap = row.cap.trim() !== "" && params["value"] === shareToSend(row.cap);
  return { row: row.key, field: isCap ? "cap" : "weight" };
}

/**
 * Weights that total 100 %. Empty ones get equal parts of what is missing, and the others stay; where none is empty, or
 * nothing is left for them, all are scaled, an empty one as the mean of the others.
 */
export function balanced(rows: readonly WeightRow[]): WeightRow[] {
  const weights = rows.map(({ weight }) => positive(weight));
  const given = weights.filter((weight) => weight !== null);
  const empty = weights.length - given.length;
  const rest = minus(ONE, sum(given));
  if (empty > 0 && rest.n > 0n) {
    const parts = spread(rest, Array.from({ length: empty }, () => ONE));
    return rows.map((row, at) => (weights[at] ? row : { ...row, weight: shareText(parts.shift() ?? ZERO) }));
  }
  const mean = given.length > 0 ? times(sum(given), { n: 1n, d: BigInt(given.length) }) : ONE;
  const parts = spread(ONE, weights.map((weight) => weight ?? mean));
  return rows.map((row, at) => ({ ...row, weight: shareText(parts[at] ?? ZERO) }));
}

function positive(text: string): Fraction | null {
  const share = readShare(text);
  return share && share.n > 0n ? share : null;
}

/** Steps in which parts are rounded: tenths of a per cent, finer ones where a part would be nothing. */
const STEPS = [1_000n, 10_000n, 1_000_000n];

/** Parts of an amount by weight that sum to it exactly: rounded down, then steps to the largest remainders. */
function spread(amount: Fraction, weights: readonly Fraction[]): Fraction[] {
  const all = sum(weights);
  const exact = weights.map((weight) => times(amount, times(weight, { n: all.d, d: all.n })));
  for (const step of STEPS) {
    const parts = rounded(amount, exact, step);
    if (parts.every(({ n }) => n > 0n)) return parts;
  }
  return exact;
}

function rounded(amount: Fraction, exact: readonly Fraction[], step: bigint): Fraction[] {
  const parts = exact.map(({ n, d }) => lowest((n * step) / d, step));
  const order = exact
    .map((part, at) => ({ at, less: minus(part, parts[at] ?? ZERO) }))
    .toSorted((a, b) => Number(b.less.n * a.less.d > a.less.n * b.less.d) - Number(b.less.n * a.less.d < a.less.n * b.less.d) || a.at - b.at);
  let left = minus(amount, sum(parts));
  for (const { at } of order) {
    if (left.n <= 0n) break;
    const more = left.n * step >= left.d ? { n: 1n, d: step } : left;
    parts[at] = plus(parts[at] ?? ZERO, more);
    left = minus(left, more);
  }
  return parts;
}
