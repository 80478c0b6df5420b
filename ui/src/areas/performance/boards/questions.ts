/** Which questions a form can draw: what it needs, what it may have, and what it starts with. As `boards/check.rs` judges. */
import { MAX_PARTS, type Comparison, type Form, type Grain, type MetricBy, type MetricInfo, type ViewQuestion } from "../../../backend/generated";

export const SPLITS: readonly MetricBy[] = ["person", "team", "region", "segment", "customer_type", "product", "source"];
export const GRAINS: readonly Grain[] = ["week", "month", "quarter", "year"];
export const COMPARISONS: readonly Comparison[] = ["goal", "last_period", "last_year"];
/** As many as the program takes. */
export const MAX_LIMIT = MAX_PARTS;

type Need = "needed" | "may" | "none";

interface Rule {
  by: Need;
  grain: Need;
  compare: readonly Comparison[];
  limit: boolean;
  filter: boolean;
  /** Parts or periods, not both. */
  oneOf: boolean;
  /** What stands in where something is needed and nothing was chosen. */
  first: Partial<Pick<ViewQuestion, "by" | "grain" | "compare">>;
  /** Which metrics it can draw, and the first of them. */
  takes: (metric: MetricInfo) => boolean;
  metric: string;
}

const PLAIN: Rule = {
  by: "none",
  grain: "none",
  compare: [],
  limit: false,
  filter: true,
  oneOf: false,
  first: {},
  takes: () => true,
  metric: "won_amount",
};

const only = (...codes: string[]) => ({ takes: (metric: MetricInfo) => codes.includes(metric.code), metric: codes[0] ?? "" });
const ofParts = (by: MetricBy): Partial<Rule> => ({ by: "needed", limit: true, first: { by } });
/** Parts of a whole: a mean of deals or the customers of two teams are none. */
const isSum = ({ adds_up: addsUp }: MetricInfo) => addsUp;
/** Whose trend goes on as a forecast, which is of units and not by years. */
export const isForecast = ({ unit }: MetricInfo) => unit === "money" || unit === "count";

export const RULES: Readonly<Record<Form, Rule>> = {
  bars: { ...PLAIN, by: "may", grain: "may", oneOf: true, compare: COMPARISONS },
  shares: { ...PLAIN, ...ofParts("customer_type"), takes: isSum },
  ranking: { ...PLAIN, ...ofParts("person"), compare: COMPARISONS },
  attainment: { ...PLAIN, ...ofParts("team"), takes: ({ unit }) => unit === "ratio", metric: "attainment" },
  trend: { ...PLAIN, grain: "needed", first: { grain: "month" } },
  funnel: { ...PLAIN, ...only("cohort_win_rate") },
  heat_map: { ...PLAIN, by: "needed", grain: "needed", first: { by: "person", grain: "week" }, limit: true },
  pareto: { ...PLAIN, ...ofParts("product"), takes: isSum },
  cohort: { ...PLAIN, ...only("cohort_win_rate", "cohort_win_rate_amount") },
  distribution: { ...PLAIN, ...only("average_deal") },
  waterfall: { ...PLAIN, ...ofParts("team"), compare: ["last_period", "last_year"], first: { by: "team", compare: "last_period" }, takes: isSum },
  table: { ...PLAIN, by: "may", grain: "may", compare: COMPARISONS },
};

export const FORMS = Object.keys(RULES) as Form[];

/** The question with nothing that its form cannot draw, and everything that it needs. */
export function fitted(question: ViewQuestion, metrics: readonly MetricInfo[]): ViewQuestion {
  const rule = RULES[question.form];
  const metric = metrics.find(({ code }) => code === question.metric);
  const by = choice(rule.by, question.by, rule.first.by);
  const grain = rule.oneOf && by !== null ? null : choice(rule.grain, question.grain, rule.first.grain);
  const compare = question.compare && rule.compare.includes(question.compare) ? question.compare : (rule.first.compare ?? null);
  const ahead = looksAhead(question, metrics);
  return {
    form: question.form,
    metric: metric && !rule.takes(metric) ? rule.metric : question.metric,
    by,
    grain: ahead && grain === "year" ? "month" : grain,
    compare,
    filter: rule.filter && !ahead ? (question.filter ?? null) : null,
    limit: rule.limit ? (question.limit ?? null) : null,
  };
}

const FITTED = ["metric", "by", "grain", "compare", "filter", "limit"] as const;
export type Misfits = readonly (typeof FITTED)[number][];

/**
 * What of a wanted question its form could not show, so that something else or nothing took its place. What was not
 * chosen and is needed is no loss: it stands in its field.
 */
export function misfits(wanted: ViewQuestion, next: ViewQuestion): Misfits {
  return FITTED.filter((one) => (wanted[one] ?? null) !== null && JSON.stringify(wanted[one]) !== JSON.stringify(next[one] ?? null));
}

/** What the program leaves out is none. */
function choice<T>(need: Need, own: T | null | undefined, first: T | null | undefined): T | null {
  if (need === "none") return null;
  return own ?? (need === "needed" ? (first ?? null) : null);
}

/** Whether the form goes on into the future. */
export function looksAhead({ form, metric }: Pick<ViewQuestion, "form" | "metric">, metrics: readonly MetricInfo[]): boolean {
  const found = metrics.find(({ code }) => code === metric);
  return form === "trend" && (found === undefined || isForecast(found));
}

/** The grains that a question offers. */
export function grainsOf(question: ViewQuestion, metrics: readonly MetricInfo[]): readonly Grain[] {
  return looksAhead(question, metrics) ? GRAINS.filter((grain) => grain !== "year") : GRAINS;
}

export function newQuestion(form: Form = "bars"): ViewQuestion {
  return { form, metric: RULES[form].metric, by: null, grain: form === "bars" ? "week" : null, compare: null, filter: null, limit: null };
}
