/** A blend of factors as it is typed, and as the split wants it: exact fractions, and what cannot be read by field. */
import type { BlendRule, GoalFactor, PersonTerms, RoundLevel, TimeBy } from "../../../backend/generated";
import { addExact, compareExact, parseExact, parseTyped } from "../../../components/format";
import { dayAfter } from "./days";

export const FACTORS = ["history", "equal", "pipeline", "market", "segment", "own"] as const satisfies readonly GoalFactor[];
export const TIMES = ["seasons", "last_year", "forecast", "working_days", "equal", "own"] as const satisfies readonly TimeBy["by"][];
export const LEVELS = ["department", "team", "person"] as const;
export type Level = (typeof LEVELS)[number];

/** A time away, both days within it; a day that is not chosen yet is empty. */
export interface Leave {
  from: string;
  last: string;
}

export interface TermsDraft {
  partTime: string;
  leave: Leave[];
  cap: string;
  floor: string;
}

export interface MarketDraft {
  region: string;
  segment: string;
  amount: string;
}

export interface SegmentDraft {
  segment: string;
  weight: string;
}

/** Everything as text: percents as `60`, `33.3` or `1/3`; empty is "not used". */
export interface BlendDraft {
  shares: Readonly<Record<GoalFactor, string>>;
  years: number;
  damping: string;
  cap: string;
  floor: string;
  over: string;
  ramp: boolean;
  round: Readonly<Record<Level, string>>;
  cellUnit: string;
  markets: readonly MarketDraft[];
  segments: readonly SegmentDraft[];
  /** By id of the person. */
  people: Readonly<Record<string, TermsDraft>>;
  /** By id of the person; absent is 1. */
  weights: Readonly<Record<string, string>>;
  time: TimeBy["by"];
  months: readonly string[];
}

/** Half by history, half equal: what neither punishes the good nor overlooks them. */
export function newDraft(hasHistory: boolean): BlendDraft {
  return {
    shares: { history: hasHistory ? "60" : "0", equal: hasHistory ? "40" : "100", pipeline: "0", market: "0", segment: "0", own: "0" },
    years: 1,
    damping: "100",
    cap: "",
    floor: "",
    over: "100",
    ramp: true,
    round: { department: "", team: "", person: "" },
    cellUnit: "",
    markets: [],
    segments: [],
    people: {},
    weights: {},
    time: "seasons",
    months: Array.from({ length: 12 }, () => "1"),
  };
}

export const NO_TERMS: TermsDraft = { partTime: "", leave: [], cap: "", floor: "" };

/** Fields that a sentence can stand beside. */
export type FieldName = "factors" | "damping" | "cap" | "floor" | "over" | "years" | "markets" | "segments" | "people" | "round" | "time";

/** What is wrong with a field, as a key of the words `goalBlend.wrong`. */
export type Wrong = "percent" | "part" | "total" | "over" | "amount" | "empty" | "weight" | "leave" | "months";

/** "60" or "33.3" percent, or a share such as "1/3", as an exact fraction; null where it is neither, or below zero. */
export function shareOf(text: string): string | null {
  const clean = text.normalize("NFKC").replaceAll(/[\s%]/g, "");
  const ratio = /^(\d{1,9})\/(\d{1,9})$/.exec(clean);
  if (ratio) return Number(ratio[2]) === 0 ? null : reduced(BigInt(ratio[1] ?? "0"), BigInt(ratio[2] ?? "1"));
  const percent = parseTyped(clean === "" ? "0" : clean);
  const exact = percent === null || percent.startsWith("-") ? null : parseExact(percent);
  return exact && reduced(exact.n, exact.d * 100n);
}

function reduced(n: bigint, d: bigint): string {
  let [a, b] = [n, d];
  while (b) [a, b] = [b, a % b];
  const by = a === 0n ? 1n : a;
  return d / by === 1n ? String(n / by) : `${n / by}/${d / by}`;
}

/** All shares together as a fraction of the goal; null while one cannot be read. */
export function totalOf(shares: BlendDraft["shares"]): string | null {
  let sum = "0/1";
  for (const factor of FACTORS) {
    const share = shareOf(shares[factor]);
    if (share === null) return null;
    sum = addExact(sum, share);
  }
  return sum;
}

export function isWhole(total: string | null): boolean {
  return total !== null && compareExact(total, "1") === 0;
}

/**
 * The other factors changed in proportion so that all total 100 %; the one named stays as it is, cut at 100 %. Where the
 * others have nothing the rest goes to equal parts, of equal parts itself to history. In tenths of a percent, by the
 * largest remainder.
 */
export function balanced(shares: BlendDraft["shares"], keep: GoalFactor): BlendDraft["shares"] {
  const tenths = (factor: GoalFactor): bigint => {
    const exact = parseExact(shareOf(shares[factor]) ?? "0");
    return exact ? (exact.n * 1000n) / exact.d : 0n;
  };
  const own = tenths(keep) > 1000n ? 1000n : tenths(keep);
  const rest = 1000n - own;
  const others = FACTORS.filter((factor) => factor !== keep);
  const present = others.map(tenths);
  const total = present.reduce((a, b) => a + b, 0n);
  const fallback: GoalFactor = keep === "equal" ? "history" : "equal";
  const wanted = total === 0n ? others.map((factor) => (factor === fallback ? 1n : 0n)) : present;
  const sum = total === 0n ? 1n : total;
  const parts = wanted.map((part) => (rest * part) / sum);
  const remainders = wanted.map((part, at) => ({ at, left: (rest * part) % sum })).toSorted((a, b) => (a.left === b.left ? a.at - b.at : a.left > b.left ? -1 : 1));
  let missing = rest - parts.reduce((a, b) => a + b, 0n);
  for (const { at } of remainders) {
    if (missing === 0n) break;
    parts[at] = (parts[at] ?? 0n) + 1n;
    missing -= 1n;
  }
  const next: Record<GoalFactor, string> = { ...shares, [keep]: percentText(own) };
  others.forEach((factor, at) => {
    next[factor] = percentText(parts[at] ?? 0n);
  });
  return next;
}

function percentText(tenths: bigint): string {
  return tenths % 10n === 0n ? String(tenths / 10n) : `${tenths / 10n}.${tenths % 10n}`;
}

export function uses(draft: BlendDraft, factor: GoalFactor): boolean {
  const share = shareOf(draft.shares[factor]);
  return share !== null && share !== "0";
}

/** The rule, or what has to be mended before there is one. `people` are those of the split. */
export function ruleOf(draft: BlendDraft, people: readonly string[]): { rule: BlendRule | null; wrong: Partial<Record<FieldName, Wrong>> } {
  const wrong: Partial<Record<FieldName, Wrong>> = {};
  const total = totalOf(draft.shares);
  if (total === null) wrong.factors = "percent";
  else if (!isWhole(total)) wrong.factors = "total";
  const damping = read(draft.damping, (share) => compareExact(share, "1") <= 0, () => (wrong.damping = "part"));
  const cap = read(draft.cap, () => true, () => (wrong.cap = "percent"));
  const floor = read(draft.floor, () => true, () => (wrong.floor = "percent"));
  const over = read(draft.over, (share) => compareExact(share, "1") >= 0, () => (wrong.over = "over"));
  const markets = uses(draft, "market") ? marketsOf(draft, wrong) : [];
  const segments = uses(draft, "segment") ? segmentsOf(draft, wrong) : {};
  const terms = termsOf(draft, people, wrong);
  const time = timeOf(draft, wrong);
  if (Object.keys(wrong).length > 0) return { rule: null, wrong };
  const rule: BlendRule = {
    factors: FACTORS.filter((factor) => uses(draft, factor)).map((factor) => ({ factor, share: shareOf(draft.shares[factor]) ?? "0" })),
    years: draft.years,
    ...(damping !== null && damping !== "1" && { damping }),
    ...(cap !== null && { cap }),
    ...(floor !== null && { floor }),
    ...(over !== null && over !== "1" && { over_assignment: over }),
    no_ramp: !draft.ramp,
    people: terms,
    markets,
    segments,
    round: roundOf(draft),
    ...(draft.cellUnit !== "" && { cell_unit: draft.cellUnit }),
    time,
  };
  return { rule, wrong };
}

/** An optional percent: null where the field is empty. */
function read(text: string, allowed: (share: string) => boolean, refuse: () => void): string | null {
  if (text.trim() === "") return null;
  const share = shareOf(text);
  if (share !== null && allowed(share)) return share;
  refuse();
  return null;
}

function marketsOf({ markets }: BlendDraft, wrong: Partial<Record<FieldName, Wrong>>): BlendRule["markets"] {
  if (markets.length === 0) wrong.markets = "empty";
  return markets.map(({ region, segment, amount }) => {
    const plain = parseTyped(amount);
    if (plain === null || plain.startsWith("-")) wrong.markets = "amount";
    return { region: region.trim(), segment: segment.trim(), amount: plain ?? "0" };
  });
}

function segmentsOf({ segments }: BlendDraft, wrong: Partial<Record<FieldName, Wrong>>): BlendRule["segments"] {
  if (segments.length === 0) wrong.segments = "empty";
  return Object.fromEntries(
    segments.map(({ segment, weight }) => {
      const plain = parseTyped(weight);
      if (plain === null || plain.startsWith("-") || segment.trim() === "") wrong.segments = "weight";
      return [segment.trim(), plain ?? "0"];
    }),
  );
}

function termsOf(draft: BlendDraft, people: readonly string[], wrong: Partial<Record<FieldName, Wrong>>): BlendRule["people"] {
  const terms: Record<string, PersonTerms> = {};
  for (const [id, { partTime, leave, cap, floor }] of Object.entries(draft.people)) {
    const own: PersonTerms = { leave: leave.map(({ from, last }) => [from, last === "" ? "" : dayAfter(last)]) };
    if (leave.some(({ from, last }) => from === "" || last === "" || last < from)) wrong.people = "leave";
    const part = read(partTime, (share) => share !== "0" && compareExact(share, "1") <= 0, () => (wrong.people = "part"));
    const most = read(cap, () => true, () => (wrong.people = "percent"));
    const least = read(floor, () => true, () => (wrong.people = "percent"));
    if (part !== null) own.part_time = part;
    if (most !== null) own.cap = most;
    if (least !== null) own.floor = least;
    terms[id] = own;
  }
  if (!uses(draft, "own")) return terms;
  for (const id of people) {
    const weight = parseTyped(draft.weights[id] ?? "1");
    if (weight === null || weight.startsWith("-")) wrong.people = "weight";
    terms[id] = { ...(terms[id] ?? { leave: [] }), weight: weight ?? "0" };
  }
  return terms;
}

function roundOf({ round }: BlendDraft): RoundLevel[] {
  return LEVELS.filter((level) => round[level] !== "").map((level) => ({ level, unit: round[level] }));
}

function timeOf({ time, months }: BlendDraft, wrong: Partial<Record<FieldName, Wrong>>): TimeBy {
  if (time !== "own") return { by: time };
  const weights = months.map((text) => parseTyped(text));
  const readable = weights.every((weight) => weight !== null && !weight.startsWith("-"));
  if (!readable || !weights.some((weight) => /[1-9]/.test(weight ?? ""))) wrong.time = "months";
  return { by: "own", weights: weights.map((weight) => weight ?? "0") };
}
