/** Which questions a form can draw: what it needs, what it may have, and what it starts with. */
import type { Comparison, Form, Grain, MetricBy, ViewQuestion } from "../../../backend/generated";

export const SPLITS: readonly MetricBy[] = ["person", "team", "region", "segment", "customer_type", "product", "source"];
export const GRAINS: readonly Grain[] = ["week", "month", "quarter", "year"];
export const COMPARISONS: readonly Comparison[] = ["goal", "last_period", "last_year"];
/** More rows of a ranking cannot be read. */
export const MAX_LIMIT = 60;

type Need = "needed" | "may" | "none";

interface Rule {
  by: Need;
  grain: Need;
  compare: Need;
  limit: boolean;
  /** What stands in where something is needed and nothing was chosen. */
  first: Partial<Pick<ViewQuestion, "by" | "grain" | "compare">>;
  /** The only metric, where the form is about certain facts. */
  metric?: string;
}

const rule = (by: Need, grain: Need, compare: Need, first: Rule["first"] = {}, limit = false): Rule => ({ by, grain, compare, limit, first });

export const RULES: Readonly<Record<Form, Rule>> = {
  bars: rule("none", "needed", "may", { grain: "week" }),
  shares: rule("needed", "none", "none", { by: "customer_type" }, true),
  ranking: rule("needed", "none", "may", { by: "person" }, true),
  attainment: { ...rule("needed", "none", "none", { by: "team" }), metric: "won_amount" },
  trend: rule("none", "needed", "none", { grain: "month" }),
  funnel: { ...rule("none", "none", "none"), metric: "opened_count" },
  heat_map: rule("needed", "needed", "none", { by: "person", grain: "week" }),
  pareto: rule("needed", "none", "none", { by: "product" }, true),
  cohort: { ...rule("none", "needed", "none", { grain: "quarter" }), metric: "cohort_win_rate" },
  distribution: { ...rule("none", "none", "none"), metric: "won_amount" },
  waterfall: rule("needed", "none", "needed", { by: "customer_type", compare: "last_period" }),
  table: rule("may", "may", "may"),
};

export const FORMS = Object.keys(RULES) as Form[];

/** The question with nothing that its form cannot draw, and everything that it needs. */
export function fitted(question: ViewQuestion): ViewQuestion {
  const { by, grain, compare, limit, first, metric } = RULES[question.form];
  const pick = <T>(need: Need, own: T | null, start: T | null | undefined): T | null =>
    need === "none" ? null : (own ?? (need === "needed" ? (start ?? null) : null));
  return {
    ...question,
    metric: metric ?? question.metric,
    by: pick(by, question.by, first.by),
    grain: pick(grain, question.grain, first.grain),
    // A waterfall goes from one period to another: there is no way from a goal.
    compare: pick(compare, question.form === "waterfall" && question.compare === "goal" ? null : question.compare, first.compare),
    limit: limit ? question.limit : null,
  };
}

export function newQuestion(form: Form = "bars", metric = "won_amount"): ViewQuestion {
  return fitted({ form, metric, by: null, grain: null, compare: null, filter: null, limit: null });
}
