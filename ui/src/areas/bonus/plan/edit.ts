/** Changes of a plan, each a new plan: components, tiers, kinds. Nothing that was typed is lost without need. */
import { compareExact, parseTyped, sumDecimals } from "../../../components/format";
import { AMOUNT_PAYS, measureOf, PERCENT_PAYS } from "./document";
import type { AppliesTo, Baseline, By, Component, Limit, Measure, MeasureKind, Pay, PayKind, Plan, Rate, Tier } from "./document";

/** A list with one place changed. */
export function withAt<T>(list: readonly T[], at: number, next: T): T[] {
  return list.map((one, index) => (index === at ? next : one));
}

export function withoutAt<T>(list: readonly T[], at: number): T[] {
  return list.filter((_, index) => index !== at);
}

/** A list with one place moved by so many; at the end it stays. */
export function movedBy<T>(list: readonly T[], at: number, by: number): T[] {
  const to = at + by;
  const one = list[at];
  if (one === undefined || to < 0 || to >= list.length) return [...list];
  const rest = withoutAt(list, at);
  return [...rest.slice(0, to), one, ...rest.slice(to)];
}

/** One component more at the end, with a code that nobody has. */
export function addComponent(plan: Plan, name: { zh: string; en: string }): Plan {
  const taken = new Set(plan.components.map(({ code }) => code));
  let number = plan.components.length + 1;
  while (taken.has(`component-${number}`)) number += 1;
  const added: Component = { code: `component-${number}`, name, rate: { tiers: nextTier({ tiers: [] }) } };
  return { ...plan, components: [...plan.components, added] };
}

/** Another code; components that are paid on its earnings follow. */
export function renameComponent(plan: Plan, at: number, code: string): Plan {
  const before = plan.components[at]?.code;
  const followed = (component: Component): Component => {
    const measure = measureOf(component);
    return measure.kind === "earnings" && measure.of === before && before !== "" ? { ...component, measure: { ...measure, of: code } } : component;
  };
  return { ...plan, components: plan.components.map((one, index) => (index === at ? { ...one, code } : followed(one))) };
}

/** A tier above the last one: it starts where that one ends, and pays what it pays. */
export function nextTier(rate: Rate): Tier[] {
  const last = rate.tiers.at(-1);
  if (!last) {
    return rate.by === "amount"
      ? [{ from: "0", pay: { kind: "percent_of_measure", percent: "1%" } }]
      : [{ from: "80%", pay: { kind: "percent_of_target_bonus", percent: "50%" } }];
  }
  const from = last.to ?? endAfter(last.from, rate.by ?? "attainment");
  const { to: _, ...next } = { ...last, from };
  return [...rate.tiers.slice(0, -1), { ...last, to: from }, next.applies_to === "interpolated" ? asWhole(next) : next];
}

/** What an interpolated tier ends with, from there on. */
function asWhole({ pay_to, ...tier }: Tier): Tier {
  return { ...tier, applies_to: undefined, pay: pay_to ?? tier.pay };
}

/** Where an open tier may end: 20 points or as much again above its start. */
function endAfter(from: string, by: By): string {
  const plain = parseTyped(from.replace("%", "")) ?? "0";
  if (by === "attainment") return `${sumDecimals([plain, "20"])}%`;
  return compareExact(plain, "0") > 0 ? sumDecimals([plain, plain]) : "100000";
}

/** Tiers by attainment or by amount; the numbers stay, what they are of changes. */
export function withBy(rate: Rate, by: By): Rate {
  const bound = (text: string) => (by === "attainment" ? (text.endsWith("%") || text.includes("/") ? text : `${text}%`) : text.replace(/%$/, ""));
  return {
    ...rate,
    by,
    tiers: rate.tiers.map((tier) => ({ ...tier, from: bound(tier.from), to: tier.to === undefined ? undefined : bound(tier.to) })),
  };
}

export function withAppliesTo(tier: Tier, applies_to: AppliesTo): Tier {
  return { ...tier, applies_to, pay_to: applies_to === "interpolated" ? (tier.pay_to ?? tier.pay) : undefined };
}

/** Both ends of an interpolated tier pay the same kind. */
export function withTierPay(tier: Tier, pay: Pay): Tier {
  const pay_to = tier.pay_to && pay.kind !== tier.pay_to.kind ? withPayKind(tier.pay_to, pay.kind, currencyOf(pay)) : tier.pay_to;
  return { ...tier, pay, pay_to };
}

function currencyOf(pay: Pay): string {
  return "amount" in pay ? pay.amount.currency : "";
}

/** The number stays where it is of the same sort. */
export function withPayKind(pay: Pay, kind: PayKind, currency: string): Pay {
  const percent = PERCENT_PAYS.find((one) => one === kind);
  if (percent) return { kind: percent, percent: "percent" in pay ? pay.percent : "" };
  const amount = AMOUNT_PAYS.find((one) => one === kind);
  if (amount) return { kind: amount, amount: "amount" in pay ? pay.amount : { amount: "", currency } };
  return { kind: "nothing" };
}

export function withLimitKind(kind: Limit["kind"] | "none", currency: string): Limit | undefined {
  if (kind === "none") return undefined;
  return kind === "amount" ? { kind, amount: { amount: "", currency } } : { kind, percent: "" };
}

export function withBaselineKind(kind: Baseline["kind"]): Baseline {
  if (kind === "amount") return { kind, amount: "" };
  return kind === "kpi" ? { kind, kpi: "" } : { kind, percent: "" };
}

/** Another measure; the goal's code stays where the new one has a goal. */
export function withMeasure(component: Component, kind: MeasureKind): Component {
  const before = measureOf(component);
  if (before.kind === kind) return component;
  const goal = "goal" in before ? before.goal : undefined;
  const made: Record<MeasureKind, Measure> = {
    facts: { kind: "facts", goal },
    kpi: { kind: "kpi", kpi: "", goal },
    scorecard: { kind: "scorecard", items: [{ kpi: "", weight: "100%" }] },
    objectives: { kind: "objectives" },
    earnings: { kind: "earnings", of: "", goal },
  };
  return { ...component, measure: made[kind] };
}


/** The sum of percentages as people typed them; null while one cannot be read. */
export function totalPercent(texts: readonly string[]): string | null {
  const numbers = texts.map((text) => parseTyped(text.normalize("NFKC").replace("%", "")));
  return numbers.every((one) => one !== null) ? sumDecimals(numbers) : null;
}
