/** Statements of the fake, component by component. */
import { daysOf } from "../../components/period";
import { measureOf, type Component, type Plan } from "../../areas/bonus/plan/document";
import type { AdjustmentView, ComponentView, CountedView, Message, StatementSummary, StatementView, TraceStep } from "../generated";
import { planOf } from "./bonusPlan";
import { numberOf, paidAt, tierAt, type Basis } from "./bonusRate";
import { money, type FakeDeal, type FakePerson, type World } from "./company";
import { refuse } from "./fake";
import { goalOf } from "./goals";
import { recordRow } from "./performance";

export const HASH = "9f2c4be1a07d5e3386fb1c24d9a7705b6f0e8c4412d3ab57e1900c6d4b8f2a13";
export const ENGINE = "2.0.0";

export function daysIn(period: string) {
  const days = daysOf(period);
  if (!days) throw refuse("input", { field: "period", value: period, expected: "a month, quarter, half or year" });
  return days;
}

function wonOf(world: World, person: FakePerson, { from, to }: { from: string; to: string }): FakeDeal[] {
  return world.deals.filter((deal) => deal.person === person.id && deal.stage === "won" && deal.closed !== null && deal.closed >= from && deal.closed < to);
}

function goalIn(world: World, person: FakePerson, period: string): bigint | null {
  const half = /^(\d{4})-H([12])$/.exec(period);
  const parts = half ? [1, 0].map((back) => `${half[1]}-Q${Number(half[2]) * 2 - back}`) : [period];
  const goals = parts.map((part) => goalOf(world, [person], part));
  return goals.some((one) => one === null) ? null : goals.reduce<bigint>((sum, one) => sum + (one ?? 0n), 0n);
}

interface Known {
  deals: FakeDeal[];
  goal: bigint | null;
  target: bigint | null;
}

export function statement(world: World, person: FakePerson, period: string): StatementView {
  const plan = planOf(world);
  const days = daysIn(period);
  const target = targetOf(world, plan, person);
  const known = { deals: wonOf(world, person, days), goal: goalIn(world, person, period), target };
  const components = plan.components.map((component) => componentView(world, component, days, known));
  const adjustments = adjustmentsOf(world, person, period);
  const paid = [...components.map(({ amount }) => amount), ...adjustments.map((one) => (one.paid ? one.amount : null))];
  const sum = paid.reduce((total, amount) => total + minorOf(amount?.amount ?? "0.00"), 0n);
  const [first] = components;
  const notes = components.flatMap((one) => one.notes);
  const summary: StatementSummary = {
    person: person.id,
    name: person.name,
    staff_number: person.staff,
    team: world.units.find(({ id }) => id === person.team)?.name ?? null,
    goal: first?.goal?.money ?? null,
    actual: first?.measure?.money ?? null,
    attainment: first?.attainment ?? null,
    target_bonus: target === null ? null : money(target),
    payout: money(sum),
    blocked: components.some(({ amount }) => amount === null),
    notes,
  };
  return { summary, components, limit: null, adjustments, inputs_hash: HASH, engine_version: ENGINE, audit_head: "3-3f9a2c41b7d0" };
}

/** Lines beside the plan that somebody else approved, or that wait for it. */
function adjustmentsOf(world: World, person: FakePerson, period: string): AdjustmentView[] {
  return world.bonusBook.adjustments
    .filter((one) => one.person === person.id && one.plan === planOf(world).code && one.period === period && (one.state === "approved" || one.state === "waiting"))
    .map(({ amount, state, reason, restated, cause }) => ({ amount, paid: state === "approved", reason, cause: null, restated, causes: cause }));
}

function targetOf(world: World, plan: Plan, person: FakePerson): bigint | null {
  const given = world.targetBonuses.get(person.id)?.per_quarter ?? plan.default_target_bonus;
  return given ? minorOf(given.amount) : null;
}

export function minorOf(amount: string): bigint {
  const [whole = "0", cents = ""] = amount.split(".");
  return BigInt(`${whole}${cents.padEnd(2, "0").slice(0, 2)}`);
}

function componentView(world: World, component: Component, days: { from: string; to: string }, known: Known): ComponentView {
  const empty: ComponentView = { code: component.code, name_zh: component.name.zh, name_en: component.name.en, amount: null, measure: null, goal: null, attainment: null, lines: [], steps: [], counted: [], left_out: [], notes: [] };
  const measure = measureOf(component);
  const kpi = measure.kind === "kpi" ? measure.kpi : measure.kind === "scorecard" ? measure.items[0]?.kpi : undefined;
  // The fake has no values of KPIs by person: such a component is blocked.
  if (kpi !== undefined) return { ...empty, notes: [{ code: "kpi_missing", params: { kpi, kpi_zh: kpi, kpi_en: kpi } }] };
  if (measure.kind === "objectives") return { ...empty, amount: money(0n), notes: [{ code: "no_objectives", params: {} }] };
  if (measure.kind === "earnings") return { ...empty, amount: money(0n), measure: { money: money(0n), number: null } };
  return ofDeals(world, component, days, known, empty);
}

function ofDeals(world: World, component: Component, days: { from: string; to: string }, { deals, goal, target }: Known, empty: ComponentView): ComponentView {
  const actual = deals.reduce((sum, deal) => sum + (deal.minor ?? 0n), 0n);
  const byAmount = component.rate.by === "amount";
  const major = (minor: bigint) => Number(minor) / 100;
  const x = byAmount ? major(actual) : goal ? Number(actual) / Number(goal) : null;
  const basis: Basis = { measure: major(actual), goal: goal === null ? null : major(goal), target: target === null ? null : major(target) };
  const payout = x === null ? 0n : BigInt(Math.round(paidAt(component, x, basis) * 100));
  const at = x === null ? -1 : tierAt(component, x);
  const attainment = goal ? `${actual}/${goal}` : null;
  const facts = deals.map((deal) => countedOf(world, deal));
  return {
    ...empty,
    amount: money(payout),
    measure: { money: money(actual), number: null },
    goal: goal === null ? null : { money: money(goal), number: null },
    attainment,
    lines: payout > 0n ? [{ fact: null, label: { code: "line_whole", params: lineParams(component, at) }, amount: money(payout) }] : [],
    steps: stepsOf(component, days, { deals, actual, goal, target, at, x, payout }),
    counted: facts,
    notes: notesOf(component, { goal, target, at, x, byAmount }),
  };
}

function countedOf(world: World, deal: FakeDeal): CountedView {
  const row = recordRow(world, deal);
  const amount = money(deal.minor ?? 0n);
  return { fact: deal.id, deal: deal.id, label: row.external_id, on: deal.closed ?? "", customer: row.customer, product: row.product, amount, credited: { money: amount, number: null }, refunded: false, restated: null };
}

function lineParams(component: Component, at: number): Record<string, string> {
  const tier = component.rate.tiers[at];
  const pay = tier?.pay ?? { kind: "nothing" as const };
  return { number: String(at + 1), from: tier?.from ?? "", of: pay.kind, pays: "percent" in pay ? pay.percent : "amount" in pay ? pay.amount.amount : "" };
}

function notesOf(component: Component, { goal, target, at, x, byAmount }: { goal: bigint | null; target: bigint | null; at: number; x: number | null; byAmount: boolean }): Message[] {
  if (!byAmount && !goal) return [{ code: "no_goal", params: {} }];
  if (!byAmount && target === null) return [{ code: "no_target_bonus", params: {} }];
  if (at >= 0 || x === null) return [];
  return [{ code: "below_first_tier", params: { attainment: `${(x * 100).toFixed(2)}%`, from: component.rate.tiers[0]?.from ?? "" } }];
}

interface Worked {
  deals: FakeDeal[];
  actual: bigint;
  goal: bigint | null;
  target: bigint | null;
  at: number;
  x: number | null;
  payout: bigint;
}

function stepsOf(component: Component, { from, to }: { from: string; to: string }, { deals, actual, goal, target, at, x, payout }: Worked): TraceStep[] {
  const count = String(deals.length);
  const last = new Date(Date.parse(`${to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  const amount = money(actual).amount;
  const paid = money(payout).amount;
  const tiers = component.rate.tiers;
  const first = tiers[0]?.from ?? "";
  const byAmount = component.rate.by === "amount";
  const place = byAmount ? amount : `${actual}/${goal}`;
  const tier = tiers[at];
  return [
    { step: "credit", fact: null, explain: { code: "credit_facts", params: { event: "closing", count, from, last } }, formula: `${from} <= day < ${to}`, value: count },
    { step: "measure", fact: null, explain: { code: "measure_amount", params: {} }, formula: `sum of ${count} facts`, value: amount },
    {
      step: "attainment",
      fact: null,
      explain: goal ? { code: "attainment_of_goal", params: { percent: `${((Number(actual) / Number(goal)) * 100).toFixed(2)}%` } } : { code: "attainment_none", params: {} },
      formula: `${amount} / ${goal ? money(goal).amount : "?"}`,
      value: goal ? `${actual}/${goal}` : "",
    },
    tier
      ? { step: "tier", fact: null, explain: { code: tier.to === undefined ? "tier_found_open" : "tier_found", params: { number: String(at + 1), from: tier.from, ...(tier.to !== undefined && { to: tier.to }), edge: component.rate.edge ?? "lower" } }, formula: `${tier.from} < ${place}${tier.to === undefined ? "" : ` <= ${tier.to}`}`, value: String(at + 1) }
      : { step: "tier", fact: null, explain: x === null ? { code: "tier_none", params: {} } : { code: "tier_below", params: { from: first } }, formula: x === null ? "" : `${place} < ${first}`, value: "0" },
    ...(tier ? [{ step: "rate", fact: null, explain: { code: "pay_whole", params: lineParams(component, at) }, formula: rateFormula(component, at, amount, target), value: paid.replace(/\.00$/, "") }, { step: "rounding", fact: null, explain: { code: "rounding", params: { mode: "half_up", decimals: "2" } }, formula: paid.replace(/\.00$/, ""), value: paid }] : []),
    { step: "payout", fact: null, explain: { code: payout > 0n ? "payout_sum" : "payout_nothing", params: {} }, formula: paid, value: paid },
  ];
}

function rateFormula(component: Component, at: number, measure: string, target: bigint | null): string {
  const pay = component.rate.tiers[at]?.pay;
  if (!pay || !("percent" in pay)) return "";
  const on = pay.kind === "percent_of_target_bonus" ? money(target ?? 0n).amount : measure;
  return `${on} x ${numberOf(pay.percent)}`;
}
