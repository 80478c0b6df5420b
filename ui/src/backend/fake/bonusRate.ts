/** What tiers pay, their curve, and what is wrong with them: enough to look right; the real ones live in Rust. */
import type { Component, Limit, Pay, Plan, Tier } from "../../areas/bonus/plan/document";
import type { ComponentCurve, CurvePoint, PlanProblem } from "../generated";
import { money } from "./company";

/** In major units. */
export interface Basis {
  measure: number;
  goal: number | null;
  target: number | null;
}

const isAmount = (component: Component) => component.rate.by === "amount";

/** `80%` as 0.8, `500000` as it is. */
export function numberOf(text: string): number {
  return text.endsWith("%") ? Number(text.slice(0, -1)) / 100 : Number(text);
}

const endOf = (tier: Tier) => (tier.to === undefined ? Infinity : numberOf(tier.to));

export function tierAt({ rate }: Component, x: number): number {
  const upper = rate.edge === "upper";
  return rate.tiers.findIndex((tier, index) => {
    const [from, to] = [numberOf(tier.from), endOf(tier)];
    const last = index === rate.tiers.length - 1;
    const opens = upper || index === 0 ? x >= from : x > from;
    return opens && (upper && !last ? x < to : x <= to);
  });
}

/** What a pay makes of a basis; of a slice, of that part of it only. */
function payOf(pay: Pay, { measure, goal, target }: Basis, slice: { width: number; byAmount: boolean } | null): number {
  const part = slice ? (slice.byAmount ? slice.width : slice.width * (goal ?? 0)) : measure;
  switch (pay.kind) {
    case "nothing":
      return 0;
    case "percent_of_measure":
      return numberOf(pay.percent) * part;
    case "percent_of_target_bonus":
      return numberOf(pay.percent) * (target ?? 0) * (slice ? slice.width : 1);
    case "fixed":
      return Number(pay.amount.amount);
    case "per_unit":
      return Number(pay.amount.amount) * part;
    case "individual_rate":
      return goal ? ((numberOf(pay.percent) * (target ?? 0)) / goal) * part : 0;
  }
}

/** Just inside a tier, wherever its edges belong. */
function paidIn(component: Component, at: number, x: number, basis: Basis): number {
  const { rate } = component;
  const tier = rate.tiers[at];
  const below = rate.below_first_tier ?? { kind: "nothing" as const };
  if (!tier) return payOf(below, basis, null);
  const from = numberOf(tier.from);
  const moved = { ...basis, measure: isAmount(component) ? x : x * (basis.goal ?? 0) };
  if (tier.applies_to === "interpolated" && tier.pay_to) {
    const [a, b] = [payOf(tier.pay, moved, null), payOf(tier.pay_to, moved, null)];
    return a + ((b - a) * (x - from)) / (endOf(tier) - from);
  }
  if (tier.applies_to !== "marginal") return payOf(tier.pay, moved, null);
  return paidIn(component, at - 1, from, basis) + payOf(tier.pay, moved, { width: x - from, byAmount: isAmount(component) });
}

/** What the component pays at x, within its cap and floor. */
export function paidAt(component: Component, x: number, basis: Basis): number {
  const at = tierAt(component, x);
  const first = component.rate.tiers[0];
  return limited(component, at >= 0 || (first && x <= numberOf(first.from)) ? paidIn(component, at, x, basis) : 0, basis.target);
}

function limited({ cap, floor }: Component, paid: number, target: number | null): number {
  const level = (limit: Limit | undefined) => (limit === undefined ? null : limit.kind === "amount" ? Number(limit.amount.amount) : numberOf(limit.percent) * (target ?? 0));
  const [most, least] = [level(cap?.per_period), level(floor?.per_period)];
  const raised = least === null ? paid : Math.max(paid, least);
  return most === null ? raised : Math.min(raised, most);
}

const GOAL = 1_000_000;
const TARGET = 10_000;
const POINTS = 40;

/** Two points at each edge where it jumps. */
export function curveOf(component: Component): ComponentCurve {
  const byAmount = isAmount(component);
  const basis = { measure: 0, goal: GOAL, target: TARGET };
  const edges = component.rate.tiers.flatMap((tier) => [numberOf(tier.from), ...(tier.to === undefined ? [] : [numberOf(tier.to)])]);
  const last = Math.max(0, ...edges);
  const end = byAmount ? last * 1.5 || GOAL : last + 0.5;
  const point = (x: number, paid: number): CurvePoint => ({
    x: byAmount ? x.toFixed(2) : (x * 100).toFixed(4),
    payout: limited(component, paid, TARGET).toFixed(2),
    payout_percent: ((limited(component, paid, TARGET) / TARGET) * 100).toFixed(4),
  });
  const places = new Set([...edges, ...Array.from({ length: POINTS + 1 }, (_, step) => (end * step) / POINTS)]);
  const points = [...places].toSorted((a, b) => a - b).flatMap((x) => {
    const meets = component.rate.tiers.flatMap((tier, at) => [...(numberOf(tier.from) === x ? [{ below: at - 1, above: at }] : []), ...(endOf(tier) === x && at === component.rate.tiers.length - 1 ? [{ below: at, above: null }] : [])])[0];
    if (!meets) return [point(x, paidAt(component, x, basis))];
    const [below, above] = [paidIn(component, meets.below, x, basis), meets.above === null ? 0 : paidIn(component, meets.above, x, basis)];
    return below === above ? [point(x, below)] : [point(x, below), point(x, above)];
  });
  return { component: component.code, by: byAmount ? "amount" : "attainment", goal: money(BigInt(GOAL * 100)), target_bonus: money(BigInt(TARGET * 100)), points };
}

export function problemsOf(plan: Plan): PlanProblem[] {
  const found = plan.components.flatMap((component) => {
    const errors = [...tierErrors(component), ...componentErrors(plan, component)];
    return errors.length > 0 ? errors : edgeProblems(component);
  });
  const rank = ["error", "warning", "hint"];
  return found.toSorted((a, b) => rank.indexOf(a.severity) - rank.indexOf(b.severity));
}

const problem = (component: Component, severity: string, code: string, tier: number | null, params: Record<string, string> = {}): PlanProblem => ({
  severity,
  component: component.code,
  tier,
  message: { code, params },
});

function tierErrors(component: Component): PlanProblem[] {
  const { tiers } = component.rate;
  if (tiers.length === 0) return [problem(component, "error", "no_tiers", null)];
  return tiers.flatMap((tier, at) => {
    const before = tiers[at - 1];
    if (!before) return [];
    const params = { from: tier.from, ...(before.to !== undefined && { before: before.to }) };
    if (endOf(before) > numberOf(tier.from)) return [problem(component, "error", "overlapping_tiers", at, params)];
    return endOf(before) < numberOf(tier.from) ? [problem(component, "error", "gap", at, params)] : [];
  });
}

function componentErrors(plan: Plan, component: Component): PlanProblem[] {
  const { measure, rate } = component;
  const errors: PlanProblem[] = [];
  if (measure?.kind === "facts" && measure.over === "transaction" && rate.by !== "amount") errors.push(problem(component, "error", "transaction_by_attainment", null));
  if (measure?.kind === "earnings" && !plan.components.some(({ code }) => code === measure.of)) errors.push(problem(component, "error", "unknown_component", null, { of: measure.of }));
  if (measure?.kind === "scorecard") {
    const total = measure.items.reduce((sum, { weight }) => sum + Number(weight.replace("%", "")), 0);
    if (total !== 100) errors.push(problem(component, "error", "weights_total", null, { total: `${total}%` }));
  }
  return errors;
}

function edgeProblems(component: Component): PlanProblem[] {
  const basis = { measure: 0, goal: GOAL, target: TARGET };
  const ofTarget = component.rate.tiers.every(({ pay }) => pay.kind === "nothing" || pay.kind === "percent_of_target_bonus");
  const shown = (paid: number) => (ofTarget ? `${Number(((paid / TARGET) * 100).toFixed(4))}%` : String(Number(paid.toFixed(2))));
  return component.rate.tiers.flatMap((tier, at) => {
    const x = numberOf(tier.from);
    const [before, after] = [paidIn(component, at - 1, x, basis), paidIn(component, at, x, basis)];
    const params = { at: tier.from, before: shown(before), after: shown(after) };
    if (after < before) return [problem(component, "warning", "falling_payout", at, params)];
    return after > before ? [problem(component, "hint", "cliff", at, params)] : [];
  });
}
