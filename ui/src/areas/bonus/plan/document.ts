/**
 * A bonus plan as the document that the program reads, schema 2; docs/bonus-plans.md explains every setting.
 * What is its default is left out, as in the program's own documents.
 */
import type { Money } from "../../../backend/generated";
import { formatDecimal, parseExact } from "../../../components/format";

export const PERIODS = ["month", "quarter", "half", "year"] as const;
export const ROUNDINGS = ["half_up", "half_even", "floor", "ceiling", "down"] as const;
export const EVENTS = ["closing", "invoice", "receipt", "delivery"] as const;
export const WHOSE = ["owners", "reports", "owners_and_reports"] as const;
export const OVERLAYS = ["exclude", "include", "only"] as const;
export const RATE_DATES = ["receipt", "deal"] as const;
export const MEASURES = ["facts", "kpi", "scorecard", "objectives", "earnings"] as const;
export const VALUES = ["amount", "margin", "count", "quantity"] as const;
export const OVERS = ["period", "quarter_to_date", "year_to_date", "transaction"] as const;
export const BYS = ["attainment", "amount"] as const;
export const EDGES = ["lower", "upper"] as const;
export const APPLIES = ["whole", "marginal", "interpolated", "over_baseline"] as const;
export const PERCENT_PAYS = ["percent_of_measure", "percent_of_target_bonus", "individual_rate"] as const;
export const AMOUNT_PAYS = ["fixed", "per_unit"] as const;
export const PAYS = ["nothing", ...PERCENT_PAYS, ...AMOUNT_PAYS] as const;
export const BASELINES = ["amount", "percent_of_goal", "kpi"] as const;
export const LIMITS = ["amount", "percent_of_target_bonus"] as const;
export const PRORATIONS = ["none", "calendar_days"] as const;
export const POOLS = ["equal", "credit", "target_bonus", "days"] as const;

export type PlanPeriod = (typeof PERIODS)[number];
export type Mode = (typeof ROUNDINGS)[number];
export type Over = (typeof OVERS)[number];
export type Value = (typeof VALUES)[number];
export type By = (typeof BYS)[number];
export type Edge = (typeof EDGES)[number];
export type AppliesTo = (typeof APPLIES)[number];
export type PayKind = (typeof PAYS)[number];
export type MeasureKind = (typeof MEASURES)[number];
export type Proration = (typeof PRORATIONS)[number];

/** The mode alone, or with its other settings. */
export type Rounding = Mode | { mode?: Mode; decimals?: number | undefined; on?: "line" | "sum" | undefined };
export type Names = { zh: string; en: string };
export type Limit = { kind: "amount"; amount: Money } | { kind: "percent_of_target_bonus"; percent: string };
export type Pay =
  | { kind: "nothing" }
  | { kind: (typeof PERCENT_PAYS)[number]; percent: string }
  | { kind: (typeof AMOUNT_PAYS)[number]; amount: Money };
export type Baseline = { kind: "amount"; amount: string } | { kind: "percent_of_goal"; percent: string } | { kind: "kpi"; kpi: string };

export interface Limits {
  per_period?: Limit | undefined;
  per_deal?: Limit | undefined;
}

export interface Credit {
  event?: (typeof EVENTS)[number] | undefined;
  who?: (typeof WHOSE)[number] | undefined;
  levels?: number | undefined;
  filter?: string | undefined;
  overlays?: (typeof OVERLAYS)[number] | undefined;
  rate_date?: (typeof RATE_DATES)[number] | undefined;
}

export interface ScorecardItem {
  kpi: string;
  weight: string;
  cap?: string | undefined;
  floor?: string | undefined;
}

export interface FactsMeasure {
  kind: "facts";
  value?: Value | undefined;
  over?: Over | undefined;
  goal?: string | undefined;
}

export type Measure =
  | FactsMeasure
  | { kind: "kpi"; kpi: string; goal?: string | undefined }
  | { kind: "scorecard"; items: ScorecardItem[] }
  | { kind: "objectives" }
  | { kind: "earnings"; of: string; goal?: string | undefined };

export interface Tier {
  from: string;
  to?: string | undefined;
  applies_to?: AppliesTo | undefined;
  pay: Pay;
  pay_to?: Pay | undefined;
}

export interface Rate {
  by?: By | undefined;
  edge?: Edge | undefined;
  below_first_tier?: Pay | undefined;
  baseline?: Baseline | undefined;
  tiers: Tier[];
}

export interface Gate {
  when: string;
  otherwise?: string | undefined;
}

export interface ModifierStep {
  from?: string | undefined;
  factor: string;
}

export interface Modifier {
  value: string;
  steps: ModifierStep[];
}

export interface Component {
  code: string;
  name: Names;
  credit?: Credit | undefined;
  measure?: Measure | undefined;
  rate: Rate;
  gates?: Gate[] | undefined;
  modifiers?: Modifier[] | undefined;
  cap?: Limits | undefined;
  floor?: Limits | undefined;
  proration?: Proration | undefined;
  pool?: { by: (typeof POOLS)[number] } | undefined;
}

export interface Plan {
  schema: number;
  code: string;
  name: Names;
  period: PlanPeriod;
  rounding?: Rounding | undefined;
  default_target_bonus?: Money | undefined;
  cap?: Limit | undefined;
  floor?: Limit | undefined;
  components: Component[];
}

/** The plan that the program wrote as JSON. */
export function readPlan(json: string): Plan {
  return withoutDefaults(JSON.parse(json) as Plan);
}

export function measureOf(component: Component): Measure {
  return component.measure ?? { kind: "facts" };
}

export function overOf(component: Component): Over | null {
  const measure = measureOf(component);
  return measure.kind === "facts" ? (measure.over ?? "period") : null;
}

export function byOf(component: Component): By {
  return component.rate.by ?? "attainment";
}

/** Whether the measure is an amount of money. */
export function measuresMoney(component: Component): boolean {
  const measure = measureOf(component);
  if (measure.kind === "facts") return ["amount", "margin"].includes(measure.value ?? "amount");
  return measure.kind === "earnings";
}

/** An attainment without a measure. */
export function isScored(component: Component): boolean {
  return ["scorecard", "objectives"].includes(measureOf(component).kind);
}

/** Which goal the measure is held against where none is named. */
export function ownGoal(component: Component): string {
  const measure = measureOf(component);
  const closings = (component.credit?.event ?? "closing") === "closing";
  return measure.kind === "facts" && (measure.value ?? "amount") === "amount" && closings ? "won_amount" : component.code;
}

export function roundingOf(plan: Plan): { mode: Mode; decimals: number | undefined; on: "line" | "sum" } {
  const rounding = typeof plan.rounding === "string" ? { mode: plan.rounding } : plan.rounding;
  return { mode: rounding?.mode ?? "half_up", decimals: rounding?.decimals, on: rounding?.on ?? "line" };
}

/** A pay as people say it: `50%`, `¥120.00` without its sign. */
export function payNumber(pay: Pay): string {
  if ("percent" in pay) return pay.percent;
  return "amount" in pay ? formatDecimal(pay.amount.amount) : "";
}

/** `80%`, `0.8` and `4/5` are one percentage: `80%`, where it is a decimal that ends. */
export function asPercent(text: string): string {
  if (text.trim().endsWith("%")) return text;
  const exact = parseExact(text.trim());
  if (!exact) return text;
  for (let places = 0n; places <= 12n; places += 1n) {
    const scaled = exact.n * 100n * 10n ** places;
    if (scaled % exact.d === 0n) return `${decimal(scaled / exact.d, Number(places))}%`;
  }
  return text;
}

function decimal(scaled: bigint, places: number): string {
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(places + 1, "0");
  const [whole, rest] = [digits.slice(0, digits.length - places), digits.slice(digits.length - places)];
  return `${scaled < 0n ? "-" : ""}${whole}${places > 0 ? `.${rest}` : ""}`;
}

/** The same plan without what is as it would be anyway. */
export function withoutDefaults(plan: Plan): Plan {
  const { mode, decimals, on } = roundingOf(plan);
  const alone = decimals === undefined && on === "line";
  return compact({
    ...plan,
    rounding: alone ? other(mode, "half_up") : compact({ mode, decimals, on: other(on, "line") }),
    components: plan.components.map(componentWithout),
  });
}

function componentWithout(component: Component): Component {
  return compact({
    ...component,
    credit: filled(creditWithout(component.credit ?? {})),
    measure: measureWithout(measureOf(component)),
    rate: rateWithout(component.rate),
    gates: some(component.gates?.map((gate) => compact({ ...gate, otherwise: other(gate.otherwise && asPercent(gate.otherwise), "0%") }))),
    modifiers: some(component.modifiers?.map((one) => ({ ...one, steps: one.steps.map((step) => compact(step)) }))),
    cap: filled(compact(component.cap ?? {})),
    floor: filled(compact(component.floor ?? {})),
    proration: other(component.proration, "none"),
  });
}

function creditWithout(credit: Credit): Credit {
  return compact({
    ...credit,
    event: other(credit.event, "closing"),
    who: other(credit.who, "owners"),
    overlays: other(credit.overlays, "exclude"),
    rate_date: other(credit.rate_date, "receipt"),
  });
}

function measureWithout(measure: Measure): Measure | undefined {
  if (measure.kind === "scorecard") return { ...measure, items: measure.items.map((item) => compact(item)) };
  if (measure.kind !== "facts") return compact(measure);
  const facts: FactsMeasure = compact({ ...measure, value: other(measure.value, "amount"), over: other(measure.over, "period") });
  return Object.keys(facts).length === 1 ? undefined : facts;
}

function rateWithout(rate: Rate): Rate {
  const bound = rate.by === "amount" ? (text: string) => text : asPercent;
  return compact({
    ...rate,
    by: other(rate.by, "attainment"),
    edge: other(rate.edge, "lower"),
    below_first_tier: rate.below_first_tier?.kind === "nothing" ? undefined : rate.below_first_tier,
    tiers: rate.tiers.map((tier) =>
      compact({
        ...tier,
        from: bound(tier.from),
        to: tier.to === undefined ? undefined : bound(tier.to),
        applies_to: other(tier.applies_to, "whole"),
      }),
    ),
  });
}

function other<T>(value: T | undefined, standard: T): T | undefined {
  return value === standard ? undefined : value;
}

function filled<T extends object>(value: T): T | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}

function some<T>(list: T[] | undefined): T[] | undefined {
  return list?.length ? list : undefined;
}

/** Without keys that hold nothing; null is how the program's JSON may say that. */
function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined && one !== null)) as T;
}

/** One text for one plan, whatever the order of its settings. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
