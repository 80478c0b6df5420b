/** The KPI library, from the fake's deals: three metrics that they make, and one that they do not. */
import { containing, periods, type Kind } from "../../components/period";
import type { CheckedMetric, GetMetric, MetricCell, MetricDrill, MetricInfo, MetricRow, MetricTable, OwnMetric } from "../generated";
import { money, unitsBelow, type FakeDeal, type World } from "./company";
import { refuse, type Handlers } from "./fake";

const CLOSED = { zh: "结束日", en: "day of closing" };
const measure = (code: string, zh: string, en: string) => ({ code, words: { zh, en }, event_date: CLOSED });
const WON_AMOUNT = measure("won_amount", "赢单商机的金额", "Amounts of won deals");
const WON_COUNT = measure("won_count", "赢单商机的个数", "Number of won deals");
const LOST_COUNT = measure("lost_count", "输单商机的个数", "Number of lost deals");
const OPENED = { zh: "开始日", en: "day of opening" };
const ofCohort = (code: string, zh: string, en: string) => ({ ...measure(code, zh, en), event_date: OPENED });
const OPENED_COUNT = ofCohort("opened_count", "新开商机的个数", "Number of deals opened");
const ENGAGING = ofCohort("cohort_engaging", "新开商机中到达跟进的个数", "Deals opened that reached engaging");
const PROPOSAL = ofCohort("cohort_proposal", "新开商机中到达报价的个数", "Deals opened that reached proposal");
const NEGOTIATION = ofCohort("cohort_negotiation", "新开商机中到达谈判的个数", "Deals opened that reached negotiation");
const COHORT_WON = ofCohort("cohort_won_count", "新开商机中赢单的个数", "Deals opened that were won");
const RECEIVED = { ...measure("received_amount", "回款减去退款", "Receipts less refunds"), event_date: { zh: "回款日", en: "day received" } };

function builtIn(code: string, zh: string, en: string, formula: string, unit: string, measures: MetricInfo["measures"]): MetricInfo {
  return {
    code,
    name: { zh, en },
    formula,
    unit,
    direction: "higher",
    decimals: unit === "ratio" ? 1 : 2,
    definition: { zh: `${zh}的定义。`, en: `What ${en.toLowerCase()} means.` },
    source: { zh: "Farris 等《Marketing Metrics》", en: "Farris et al., Marketing Metrics" },
    built_in: true,
    event_date: measures.every((one) => one.event_date === CLOSED) ? { code: "closing", words: CLOSED } : null,
    own_event_date: null,
    adds_up: (unit === "money" || unit === "count") && !formula.includes("/"),
    measures,
    problem: null,
  };
}

export const METRICS: readonly MetricInfo[] = [
  builtIn("won_amount", "赢单金额", "Won amount", "won_amount", "money", [WON_AMOUNT]),
  builtIn("won_count", "赢单数", "Won deals", "won_count", "count", [WON_COUNT]),
  builtIn("attainment", "达成率", "Attainment", "won_amount / goal_amount", "ratio", [WON_AMOUNT]),
  builtIn("average_deal", "平均单额", "Average deal", "won_amount / won_count", "money", [WON_AMOUNT, WON_COUNT]),
  builtIn("win_rate", "赢单率", "Win rate", "won_count / (won_count + lost_count)", "ratio", [WON_COUNT, LOST_COUNT]),
  builtIn("cohort_win_rate", "新开商机赢单率", "Cohort win rate", "cohort_won_count / opened_count", "ratio", [COHORT_WON, OPENED_COUNT]),
  builtIn("conversion_engaging", "跟进转化率", "Conversion to engaging", "cohort_engaging / opened_count", "ratio", [ENGAGING, OPENED_COUNT]),
  builtIn("conversion_proposal", "报价转化率", "Conversion to proposal", "cohort_proposal / cohort_engaging", "ratio", [PROPOSAL, ENGAGING]),
  builtIn("conversion_negotiation", "谈判转化率", "Conversion to negotiation", "cohort_negotiation / cohort_proposal", "ratio", [NEGOTIATION, PROPOSAL]),
  builtIn("receipts", "回款", "Receipts", "received_amount", "money", [RECEIVED]),
];

export function metricOf(code: string): MetricInfo {
  const found = METRICS.find((one) => one.code === code);
  if (!found) throw refuse("not_found", { what: "metric", value: code });
  return found;
}

function dealsOf(world: World, { unit, days }: Pick<MetricDrill, "unit" | "days">): FakeDeal[] {
  const units = unitsBelow(world, unit);
  return world.deals.filter(
    (deal) => deal.closed !== null && deal.closed >= days.from && deal.closed < days.to && units.has(deal.team),
  );
}

function keyOf(deal: FakeDeal, by: MetricDrill["by"]): string {
  if (by === "person") return deal.person;
  if (by === "team") return deal.team;
  if (by === "customer_type") return deal.customer === null ? "" : deal.customerType;
  return by === "product" ? deal.product : "";
}

function cell(metric: MetricInfo, deals: readonly FakeDeal[], drill: MetricDrill): MetricCell {
  const won = deals.filter((deal) => deal.stage === "won");
  const minor = won.reduce((sum, deal) => sum + (deal.minor ?? 0n), 0n);
  const none = { compared: null, compared_value: null, change: null, change_shown: null, compared_reason: null };
  const parts = { won_amount: `${minor}/100`, won_count: String(won.length), lost_count: String(deals.length - won.length) };
  const missing = (code: string, params: Record<string, string>): MetricCell => ({
    ...none,
    value: null,
    shown: null,
    reason: { code, params },
    parts,
    drill: null,
  });
  if (metric.code === "receipts") return { ...missing("no_value_no_data", { needs: "receipts" }), parts: {} };
  if (metric.code === "won_amount") return { ...none, value: `${minor}/100`, shown: money(minor).amount, reason: null, parts, drill };
  if (metric.code === "won_count") return { ...none, value: String(won.length), shown: String(won.length), reason: null, parts, drill };
  if (metric.code === "attainment") return missing("no_value_no_goal", {});
  if (metric.code === "average_deal") {
    if (won.length === 0) return missing("no_value_division", { divisor: "won_count" });
    const count = BigInt(won.length);
    return { ...none, value: `${minor}/${count * 100n}`, shown: money(minor / count).amount, reason: null, parts, drill };
  }
  if (deals.length === 0) return missing("no_value_division", { divisor: "won_count + lost_count" });
  const shown = `${((100 * won.length) / deals.length).toFixed(1)}%`;
  return { ...none, value: `${won.length}/${deals.length}`, shown, reason: null, parts, drill };
}

export function metricTable(world: World, args: GetMetric): MetricTable {
  const metric = metricOf(args.metric);
  const days = { from: args.from, to: args.to };
  const kind = args.grain === "week" ? "iso_week" : (args.grain as Kind | null);
  const { filter } = args;
  const whole = dealsOf(world, { unit: args.unit, days }).filter((deal) => !filter || keyOf(deal, filter.by) === filter.key);
  const keys = args.by === null ? [""] : [...new Set(whole.map((deal) => keyOf(deal, args.by)))];
  const parts = kind === null ? [null] : periods(kind, args.from, args.to);
  const name = (key: string) =>
    world.people.find(({ id }) => id === key)?.name ?? world.units.find(({ id }) => id === key)?.name ?? key;
  const rows = parts.flatMap((period) =>
    keys.map((key): MetricRow => {
      const deals = whole.filter(
        (deal) => keyOf(deal, args.by) === key && (!period || !kind || containing(kind, deal.closed ?? args.from).key === period.key),
      );
      const drill = { metric: metric.code, by: args.by, key, unit: args.unit, days: period ? { from: period.start, to: period.end } : days, ...(filter && { filter }) };
      return {
        key,
        label: name(key),
        staff_number: null,
        period: period?.key ?? null,
        period_label: period?.key ?? null,
        cell: { ...cell(metric, deals, drill), ...against(args) },
      };
    }),
  );
  const drill = { metric: metric.code, by: null, key: "", unit: args.unit, days };
  return {
    metric,
    currency: metric.unit === "money" ? world.currency : null,
    compare: args.compare,
    rows,
    total: { ...cell(metric, whole, drill), ...against(args) },
  };
}

function against({ compare, metric }: GetMetric) {
  if (compare === null) return {};
  if (compare === "goal" && metric !== "won_amount") return { compared_reason: { code: "no_value_no_goal", params: {} } };
  if (compare === "goal") return { compared: "100.00", compared_value: "100", change: "11/10", change_shown: "110.0%" };
  const isShare = metricOf(metric).unit === "ratio";
  return { compared: isShare ? "40.0%" : "100.00", compared_value: isShare ? "2/5" : "100", change: "1/10", change_shown: isShare ? "+10.0个百分点" : "+10.0%" };
}

const OWN = new WeakMap<World, MetricInfo[]>();

function ownOf(world: World): MetricInfo[] {
  const own = OWN.get(world) ?? [];
  OWN.set(world, own);
  return own;
}

const KNOWN = new Map(METRICS.flatMap((one) => one.measures).map((one) => [one.code, one]));

function measuresIn(formula: string): MetricInfo["measures"] {
  return [...new Set(formula.match(/[a-z_]+/g) ?? [])].flatMap((name) => KNOWN.get(name) ?? []);
}

function infoOf(metric: OwnMetric): MetricInfo {
  const { event_date: day, ...own } = metric;
  const measures = measuresIn(metric.formula);
  return { ...own, own_event_date: day, event_date: day === null ? null : { code: day, words: CLOSED }, built_in: false, adds_up: false, measures, problem: null };
}

/** As the program judges, for what pages show: an unfinished formula, an unknown name, texts that are missing. */
function problemsOf(world: World, metric: OwnMetric, isNew: boolean): CheckedMetric["problems"] {
  const problems: CheckedMetric["problems"] = [];
  const say = (field: string, code: string, params: Record<string, string> = {}) => problems.push({ field, message: { code, params } });
  if (!/^[a-z][a-z0-9_]*$/.test(metric.code)) say("code", "kpi_code", { code: metric.code, limit: "40" });
  else if (METRICS.some(({ code }) => code === metric.code) || (isNew && ownOf(world).some(({ code }) => code === metric.code))) say("code", "kpi_code_taken", { code: metric.code });
  for (const field of ["name", "definition", "source"] as const) {
    if (metric[field].zh === "" || metric[field].en === "") say(field, "kpi_text", { field, limit: "60" });
  }
  const unknown = (metric.formula.match(/[a-z_]+/g) ?? []).find((name) => !KNOWN.has(name) && !METRICS.some(({ code }) => code === name));
  if (unknown) say("formula", "kpi_unknown_name", { metric: metric.code, name: unknown, meant: "" });
  else if (/[-+*/(]\s*$|^$/.test(metric.formula.trim())) say("formula", "kpi_ends");
  return problems;
}

export const metricHandlers = {
  list_metrics: (_, { world }) => [...METRICS, ...ownOf(world)],
  check_metric: ({ metric, is_new: isNew }, { world }) => {
    const problems = problemsOf(world, metric, isNew);
    const isFormula = !problems.some(({ field }) => field === "formula" || field === "event_date");
    return { problems, metric: isFormula ? infoOf(metric) : null };
  },
  keep_metric: ({ metric, is_new: isNew }, { world, changed }) => {
    const [problem] = problemsOf(world, metric, isNew);
    if (problem) throw refuse(problem.message.code, problem.message.params);
    const own = ownOf(world);
    const at = own.findIndex(({ code }) => code === metric.code);
    own.splice(at < 0 ? own.length : at, at < 0 ? 0 : 1, infoOf(metric));
    changed("settings");
    return infoOf(metric);
  },
  get_metric: (args, { world }) => metricTable(world, args),
  list_metric_records: ({ drill, measure: code }, { world }) => {
    const own = metricOf(drill.metric).measures.find((one) => one.code === code);
    if (!own) throw refuse("not_found", { what: "metric", value: code });
    const stage = code === "lost_count" ? "lost" : "won";
    const deals = dealsOf(world, drill).filter(
      (deal) => deal.stage === stage && (drill.by === null || keyOf(deal, drill.by) === drill.key),
    );
    return {
      measure: own,
      value: String(deals.length),
      rows: deals.map((deal) => ({
        entity: "opportunity",
        id: deal.id,
        source: "crm" as string | null,
        external_id: deal.id,
        day: deal.closed,
        person: world.people.find(({ id }) => id === deal.person)?.name ?? null,
        customer: deal.customer,
        product: deal.product,
        value: code === "won_amount" ? `${deal.minor ?? 0n}/100` : "1",
      })),
      next_cursor: null,
    };
  },
  save_metric: () => {
    throw refuse("kpi_ends");
  },
  remove_metric: ({ code }, { world, changed }) => {
    const own = ownOf(world);
    const at = own.findIndex((one) => one.code === code);
    if (at >= 0) {
      own.splice(at, 1);
      changed("settings");
      return null;
    }
    throw refuse("not_found", { what: "metric", value: code });
  },
} satisfies Partial<Handlers>;
