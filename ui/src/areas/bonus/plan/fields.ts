/** What people type into a plan: each field by its place, cleaned for the program, and what cannot be read. */
import { compareExact, parseTyped } from "../../../components/format";
import { canonical, withoutDefaults } from "./document";
import type { Baseline, Component, Limit, Limits, Measure, Names, Pay, Plan, Rate } from "./document";

export type FieldKind = "text" | "percent" | "amount" | "number";
export type Wrong = "missing" | "number" | "negative" | "empty_tier";
/** By place: `name.zh`, `components.0.rate.tiers.1.to`. */
export type FieldErrors = ReadonlyMap<string, Wrong>;

type Write = (path: string, kind: FieldKind, text: string) => string;

/** The plan as the program wants it: plain decimals, percentages with their sign, no defaults. */
export function cleaned(plan: Plan): Plan {
  return withoutDefaults(mapFields(plan, (_, kind, text) => cleanText(kind, text)));
}

/** The document that is sent. */
export function writePlan(plan: Plan): string {
  return JSON.stringify(cleaned(plan));
}

/** Whether anyone would be paid differently: everything but the names. */
export function changesPay(before: Plan, after: Plan): boolean {
  return payPart(before) !== payPart(after);
}

/** Whether there is anything to save. */
export function differs(before: Plan, after: Plan): boolean {
  return canonical(cleaned(before)) !== canonical(cleaned(after));
}

function payPart(plan: Plan): string {
  const { components, ...head } = cleaned(plan);
  return canonical({ ...head, name: null, components: components.map((one) => ({ ...one, name: null })) });
}

const PERCENT = /^\d{1,9}(\.\d{1,12})?%$/;
const FRACTION = /^\d{1,12}\/[1-9]\d{0,11}$/;

/** What stands in the way of asking the program. */
export function fieldErrors(plan: Plan): FieldErrors {
  const errors = new Map<string, Wrong>();
  const clean = mapFields(plan, (path, kind, text) => {
    const ready = cleanText(kind, text);
    const wrong = wrongOf(kind, ready);
    if (wrong) errors.set(path, wrong);
    return ready;
  });
  clean.components.forEach(({ rate }, at) =>
    rate.tiers.forEach(({ from, to }, tier) => {
      const path = `components.${at}.rate.tiers.${tier}`;
      if (to === undefined || errors.has(`${path}.from`) || errors.has(`${path}.to`)) return;
      if (compareExact(to.replace("%", ""), from.replace("%", "")) <= 0) errors.set(`${path}.to`, "empty_tier");
    }),
  );
  return errors;
}

function wrongOf(kind: FieldKind, text: string): Wrong | null {
  if (text === "" || text === "%") return "missing";
  if (kind === "text") return null;
  if (text.startsWith("-") && kind !== "number") return "negative";
  const readable = FRACTION.test(text) || (kind === "percent" ? PERCENT.test(text) : parseTyped(text.replace(/%$/, "")) !== null);
  return readable ? null : "number";
}

function cleanText(kind: FieldKind, text: string): string {
  const plain = text.normalize("NFKC").trim();
  if (kind === "text") return text.trim();
  const percent = kind !== "amount" && plain.endsWith("%");
  const digits = percent ? plain.slice(0, -1).trim() : plain;
  return `${parseTyped(digits) ?? digits}${percent ? "%" : ""}`;
}

/** The plan with each typed text as `write` makes it. */
export function mapFields(plan: Plan, write: Write): Plan {
  return {
    ...plan,
    code: write("code", "text", plan.code),
    name: names("name", plan.name, write),
    default_target_bonus: plan.default_target_bonus && {
      ...plan.default_target_bonus,
      amount: write("default_target_bonus", "amount", plan.default_target_bonus.amount),
    },
    cap: plan.cap && limit("cap", plan.cap, write),
    floor: plan.floor && limit("floor", plan.floor, write),
    components: plan.components.map((one, at) => component(`components.${at}`, one, write)),
  };
}

function component(path: string, one: Component, write: Write): Component {
  const { credit, measure } = one;
  return {
    ...one,
    code: write(`${path}.code`, "text", one.code),
    name: names(`${path}.name`, one.name, write),
    credit: credit?.filter === undefined ? credit : { ...credit, filter: write(`${path}.credit.filter`, "text", credit.filter) },
    measure: measure && measured(`${path}.measure`, measure, write),
    rate: rated(`${path}.rate`, one.rate, write),
    gates: one.gates?.map((gate, at) => ({
      when: write(`${path}.gates.${at}.when`, "text", gate.when),
      otherwise: gate.otherwise === undefined ? undefined : write(`${path}.gates.${at}.otherwise`, "percent", gate.otherwise),
    })),
    modifiers: one.modifiers?.map(({ value, steps }, at) => ({
      value: write(`${path}.modifiers.${at}.value`, "text", value),
      steps: steps.map((step, index) => ({
        from: step.from === undefined ? undefined : write(`${path}.modifiers.${at}.steps.${index}.from`, "number", step.from),
        factor: write(`${path}.modifiers.${at}.steps.${index}.factor`, "percent", step.factor),
      })),
    })),
    cap: one.cap && limits(`${path}.cap`, one.cap, write),
    floor: one.floor && limits(`${path}.floor`, one.floor, write),
  };
}

function names(path: string, { zh, en }: Names, write: Write): Names {
  return { zh: write(`${path}.zh`, "text", zh), en: write(`${path}.en`, "text", en) };
}

function measured(path: string, measure: Measure, write: Write): Measure {
  switch (measure.kind) {
    case "kpi":
      return { ...measure, kpi: write(`${path}.kpi`, "text", measure.kpi) };
    case "earnings":
      return { ...measure, of: write(`${path}.of`, "text", measure.of) };
    case "scorecard":
      return {
        ...measure,
        items: measure.items.map((item, at) => ({
          kpi: write(`${path}.items.${at}.kpi`, "text", item.kpi),
          weight: write(`${path}.items.${at}.weight`, "percent", item.weight),
          cap: item.cap === undefined ? undefined : write(`${path}.items.${at}.cap`, "percent", item.cap),
          floor: item.floor === undefined ? undefined : write(`${path}.items.${at}.floor`, "percent", item.floor),
        })),
      };
    default:
      return measure;
  }
}

function rated(path: string, rate: Rate, write: Write): Rate {
  const bound: FieldKind = rate.by === "amount" ? "amount" : "percent";
  return {
    ...rate,
    below_first_tier: rate.below_first_tier && pay(`${path}.below_first_tier`, rate.below_first_tier, write),
    baseline: rate.baseline && baseline(`${path}.baseline`, rate.baseline, write),
    tiers: rate.tiers.map((tier, at) => ({
      ...tier,
      from: write(`${path}.tiers.${at}.from`, bound, tier.from),
      to: tier.to === undefined ? undefined : write(`${path}.tiers.${at}.to`, bound, tier.to),
      pay: pay(`${path}.tiers.${at}.pay`, tier.pay, write),
      pay_to: tier.pay_to && pay(`${path}.tiers.${at}.pay_to`, tier.pay_to, write),
    })),
  };
}

function pay(path: string, one: Pay, write: Write): Pay {
  if ("percent" in one) return { ...one, percent: write(path, "percent", one.percent) };
  return "amount" in one ? { ...one, amount: { ...one.amount, amount: write(path, "amount", one.amount.amount) } } : one;
}

function baseline(path: string, one: Baseline, write: Write): Baseline {
  switch (one.kind) {
    case "amount":
      return { ...one, amount: write(path, "amount", one.amount) };
    case "percent_of_goal":
      return { ...one, percent: write(path, "percent", one.percent) };
    case "kpi":
      return { ...one, kpi: write(path, "text", one.kpi) };
  }
}

function limits(path: string, { per_period, per_deal }: Limits, write: Write): Limits {
  return {
    per_period: per_period && limit(`${path}.per_period`, per_period, write),
    per_deal: per_deal && limit(`${path}.per_deal`, per_deal, write),
  };
}

function limit(path: string, one: Limit, write: Write): Limit {
  if (one.kind === "amount") return { ...one, amount: { ...one.amount, amount: write(path, "amount", one.amount.amount) } };
  return { ...one, percent: write(path, "percent", one.percent) };
}
