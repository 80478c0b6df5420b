/** Scorecards and goals of KPIs on the fake: weights that total 100 %, goals of one's own or of the unit above. */
import { daysOf, periodLabel } from "../../components/period";
import { createI18n } from "../../i18n";
import type {
  GetScorecardResult,
  KpiGoalInForce,
  KpiGoalPart,
  KpiGoalParts,
  KpiGoalRow,
  KpiGoalView,
  KpiWeightSetting,
  ScorecardInfo,
  ScorecardKpi,
  ScorecardOf,
  ScorecardResultKpi,
  SetKpiGoal,
} from "../generated";
import type { World } from "./company";
import { refuse, type Handlers } from "./fake";
import { note } from "./history";
import { goalOf, peopleOf } from "./goals";
import { METRICS, metricOf, metricTable } from "./metrics";

interface Fraction {
  num: bigint;
  den: bigint;
}

interface Kept {
  scorecards: Pick<ScorecardInfo, "role" | "from" | "kpis">[];
  goals: (SetKpiGoal & { from: string; value: string })[];
}

const KEPT = new WeakMap<World, Kept>();
const ZERO: Fraction = { num: 0n, den: 1n };
const ONE: Fraction = { num: 1n, den: 1n };

function keptOf(world: World): Kept {
  const kept = KEPT.get(world) ?? { scorecards: [], goals: [] };
  KEPT.set(world, kept);
  return kept;
}

function lowest(num: bigint, den: bigint): Fraction {
  let [a, b] = [num < 0n ? -num : num, den];
  while (b > 0n) [a, b] = [b, a % b];
  return a === 0n ? ZERO : { num: num / a, den: den / a };
}

/** `60%`, `0.6` or `3/5`. */
function fraction(text: string): Fraction | null {
  const match = /^\s*(-?\d+)(?:\.(\d+))?(?:\/(\d+))?\s*(%?)\s*$/.exec(text);
  if (!match) return null;
  const [, whole = "", part = "", under = "1", percent] = match;
  const den = 10n ** BigInt(part.length) * BigInt(under) * (percent ? 100n : 1n);
  return den === 0n ? null : lowest(BigInt(whole + part), den);
}

const text = ({ num, den }: Fraction) => (den === 1n ? String(num) : `${num}/${den}`);
const times = (a: Fraction, b: Fraction) => lowest(a.num * b.num, a.den * b.den);
const plus = (a: Fraction, b: Fraction) => lowest(a.num * b.den + b.num * a.den, a.den * b.den);
const percent = ({ num, den }: Fraction) => `${(Number((num * 1000n) / den) / 10).toFixed(1)}%`;
/** A weight as somebody wrote it: without digits that say nothing. */
const share = (value: Fraction) => `${Number((value.num * 10_000n) / value.den) / 100}%`;

function kpiOf({ metric, weight, cap }: KpiWeightSetting): ScorecardKpi {
  const info = metricOf(metric);
  const [part, limit] = [fraction(weight), cap === undefined ? null : fraction(cap)];
  if (!part || (cap !== undefined && !limit)) throw refuse("kpi_weight_value", { metric, value: part ? (cap ?? "") : weight });
  if (part.num <= 0n) throw refuse("kpi_weight_not_positive", { kpi: metric, weight: share(part) });
  if (limit && limit.num <= 0n) throw refuse("kpi_cap_not_positive", { kpi: metric, cap: share(limit) });
  return {
    metric,
    name: info.name,
    direction: info.direction,
    weight: text(part),
    weight_shown: share(part),
    cap: limit && text(limit),
    cap_shown: limit && share(limit),
  };
}

function kpisOf(settings: readonly KpiWeightSetting[]): ScorecardKpi[] {
  const kpis = settings.map(kpiOf);
  const twice = kpis.find((kpi, at) => kpis.findIndex(({ metric }) => metric === kpi.metric) < at);
  if (twice) throw refuse("kpi_weight_twice", { kpi: twice.metric });
  const total = kpis.reduce((sum, kpi) => plus(sum, fraction(kpi.weight) ?? ZERO), ZERO);
  const rest = plus(ONE, times(total, { num: -1n, den: 1n }));
  if (rest.num > 0n) throw refuse("kpi_weights_below", { total: share(total), missing: share(rest) });
  if (rest.num < 0n) throw refuse("kpi_weights_above", { total: share(total), excess: share(times(rest, { num: -1n, den: 1n })) });
  return kpis;
}

function listed(world: World): ScorecardInfo[] {
  const all = [...keptOf(world).scorecards].toSorted((a, b) => (a.role ?? "").localeCompare(b.role ?? "") || a.from.localeCompare(b.from));
  return all.map((one) => {
    const to = all.find((other) => other.role === one.role && other.from > one.from)?.from ?? null;
    return { ...one, to, in_force: one.from <= world.today && (to === null || world.today < to) };
  });
}

function shownGoal(metric: string, value: Fraction): string {
  const { unit, decimals } = metricOf(metric);
  return unit === "ratio" ? percent(value) : (Number((value.num * 100n) / value.den) / 100).toFixed(Math.min(decimals, 2));
}

/** The goal of the period, or of the year around it. */
function setFor(world: World, metric: string, id: string, period: string) {
  const own = keptOf(world).goals.filter((goal) => goal.metric === metric && (goal.unit ?? goal.person) === id);
  return own.findLast((goal) => goal.period === period) ?? own.findLast((goal) => goal.period === period.slice(0, 4));
}

/** The nearest goals below a unit: their sum, or their mean by people; null where none is set. */
function partsOf(world: World, metric: string, unit: string, period: string): KpiGoalParts | null {
  const isSum = metricOf(metric).adds_up;
  const below = (at: string): KpiGoalPart[] => {
    const children = [...world.units.filter(({ parent }) => parent === at), ...world.people.filter(({ team, left }) => team === at && !left)];
    return children.flatMap(({ id, name }) => {
      const value = fraction(setFor(world, metric, id, period)?.value ?? "");
      if (!value) return below(id);
      const people = world.people.some((person) => person.id === id) ? 1 : peopleOf(world, id).length;
      return [{ whose: id, name, value: text(value), shown: shownGoal(metric, value), inherited: false, weight: isSum ? null : String(people) }];
    });
  };
  const rows = below(unit);
  if (rows.length === 0) return null;
  const weight = (row: KpiGoalPart) => fraction(row.weight ?? "1") ?? ONE;
  const total = rows.reduce((all, row) => plus(all, times(weight(row), fraction(row.value) ?? ZERO)), ZERO);
  const { num, den } = isSum ? ONE : rows.reduce((all, row) => plus(all, weight(row)), ZERO);
  const value = times(total, { num: den, den: num });
  return {
    source: isSum ? "sum" : "mean",
    value: text(value),
    shown: shownGoal(metric, value),
    weighed_by: isSum ? null : "people",
    weighed_in: null,
    rows,
    left_out: [],
  };
}

/** Own goal; else what those below are together; else that of the unit above. */
function goalInForce(world: World, metric: string, whose: string, period: string): KpiGoalInForce | null {
  const parts = setFor(world, metric, whose, period) ? null : partsOf(world, metric, whose, period);
  if (parts?.value) return { value: parts.value, shown: parts.shown ?? "", source: parts.source, of: null, set_for: null };
  let at: string | null = whose;
  while (at !== null) {
    const goal = setFor(world, metric, at, period);
    const value = goal && fraction(goal.value);
    if (goal && value) {
      const unit = world.units.find(({ id }) => id === at);
      const inherited = at !== whose;
      return {
        value: text(value),
        shown: shownGoal(metric, value),
        source: inherited ? "inherited" : "own",
        of: inherited ? (unit?.name ?? null) : null,
        set_for: goal.period,
      };
    }
    const id: string = at;
    at = world.people.find((person) => person.id === id)?.team ?? world.units.find((unit) => unit.id === id)?.parent ?? null;
  }
  return null;
}

function named(world: World, whose: string): { name: string; level: string } {
  const unit = world.units.find(({ id }) => id === whose);
  const person = world.people.find(({ id }) => id === whose);
  if (!unit && !person) throw refuse("not_found", { what: "unit", value: whose });
  return unit ? { name: unit.name, level: unit.kind } : { name: person?.name ?? "", level: "person" };
}

function goalView(world: World, metric: string, whose: string, period: string): KpiGoalView {
  const { name, level } = named(world, whose);
  const goal = goalInForce(world, metric, whose, period);
  const parts = partsOf(world, metric, whose, period);
  const [own, together] = [goal?.source === "own" ? fraction(goal.value) : null, parts?.value ? fraction(parts.value) : null];
  const difference = own && together && plus(own, times(together, { num: -1n, den: 1n }));
  return {
    metric,
    name: metricOf(metric).name,
    whose,
    whose_name: name,
    level,
    period,
    goal,
    reason: goal ? null : { code: "kpi_goal_none", params: {} },
    parts,
    difference: difference && text(difference),
    difference_shown: difference && shownGoal(metric, difference),
  };
}

function resultKpi(world: World, kpi: ScorecardKpi, whose: string, level: string, key: string): ScorecardResultKpi {
  const days = daysOf(key);
  const info = METRICS.find(({ code }) => code === kpi.metric) ?? metricOf(kpi.metric);
  const isPerson = level === "person";
  const table = metricTable(world, {
    metric: kpi.metric,
    by: isPerson ? "person" : null,
    grain: null,
    from: days?.from ?? key,
    to: days?.to ?? key,
    unit: isPerson ? null : whose,
    compare: null,
  });
  const cell = isPerson ? table.rows.find((row) => row.key === whose)?.cell : table.total;
  const people = isPerson ? world.people.filter(({ id }) => id === whose) : peopleOf(world, whose);
  const planned = kpi.metric === "won_amount" ? goalOf(world, people, key) : null;
  const plan: KpiGoalInForce | null =
    planned === null ? null : { value: text(lowest(planned, 100n)), shown: shownGoal("won_amount", lowest(planned, 100n)), source: "plan", of: null, set_for: key };
  const goal = kpi.metric === "won_amount" ? plan : goalInForce(world, kpi.metric, whose, key);
  const [actual, toReach] = [cell?.value ? fraction(cell.value) : null, goal && fraction(goal.value)];
  const [above, below] = kpi.direction === "lower" ? [toReach, actual] : [actual, toReach];
  const uncapped = above && below && below.num > 0n ? lowest(above.num * below.den, above.den * below.num) : null;
  const cap = kpi.cap === null ? null : fraction(kpi.cap);
  const isCapped = uncapped !== null && cap !== null && uncapped.num * cap.den > cap.num * uncapped.den;
  const attainment = isCapped ? cap : uncapped;
  const contribution = attainment && times(attainment, fraction(kpi.weight) ?? ZERO);
  return {
    ...kpi,
    unit: info.unit,
    actual: actual && text(actual),
    actual_shown: cell?.shown ?? null,
    goal,
    attainment: attainment && text(attainment),
    attainment_shown: attainment && percent(attainment),
    is_capped: isCapped,
    contribution: contribution && text(contribution),
    contribution_shown: contribution && percent(contribution),
    reason: attainment ? null : (cell?.reason ?? { code: goal ? "no_value_goal_zero" : "kpi_goal_none", params: {} }),
  };
}

function resultOf(world: World, whose: string, period: string): ScorecardOf {
  const { name, level } = named(world, whose);
  const role = level === "person" ? "sales" : "manager";
  const last = daysOf(period)?.to ?? period;
  const begun = listed(world).filter(({ from }) => from < last);
  const own = begun.findLast((one) => one.role === role);
  const scorecard = own ?? begun.findLast((one) => one.role === null);
  const kpis = (scorecard?.kpis ?? []).map((kpi) => resultKpi(world, kpi, whose, level, period));
  const missing = kpis.filter(({ contribution }) => contribution === null).map(({ metric }) => metric);
  const sum = (pick: (kpi: ScorecardResultKpi) => string | null) =>
    kpis.filter(({ contribution }) => contribution !== null).reduce((all, kpi) => plus(all, fraction(pick(kpi) ?? "0") ?? ZERO), ZERO);
  const [present, weight] = [sum((kpi) => kpi.contribution), sum((kpi) => kpi.weight)];
  const isWhole = scorecard !== undefined && missing.length === 0;
  return {
    whose,
    name,
    staff_number: null,
    level,
    figures_of: null,
    role,
    is_everybodys: scorecard !== undefined && own === undefined,
    since: scorecard?.from ?? null,
    no_scorecard: scorecard ? null : { code: "scorecard_none", params: { day: last } },
    kpis,
    total: isWhole ? text(present) : null,
    total_shown: isWhole ? percent(present) : null,
    missing,
    present: scorecard ? text(present) : null,
    present_shown: scorecard ? percent(present) : null,
    present_weight: scorecard ? text(weight) : null,
    present_weight_shown: scorecard ? percent(weight) : null,
    notes: [],
  };
}

function asked(world: World, { unit, person }: Pick<GetScorecardResult, "unit" | "person">): string {
  return person ?? unit ?? world.personal.owner?.person ?? "u-company";
}

export const scorecardHandlers = {
  list_scorecards: (_, { world }) => ({ scorecards: listed(world), notes: [] }),
  set_scorecard: ({ role, from, kpis: settings }, { world, changed }) => {
    const kept = keptOf(world);
    const before = kept.scorecards;
    const others = before.filter((one) => one.role !== role || one.from !== from);
    if (settings.length === 0 && others.length === before.length) throw refuse("not_found", { what: "scorecard", value: from });
    kept.scorecards = settings.length === 0 ? others : [...others, { role, from, kpis: kpisOf(settings) }];
    const code = settings.length === 0 ? "change_remove_scorecard" : "change_set_scorecard";
    note(world, "setting", { code, params: { role: role ?? "everybody", from } }, [], () => {
      kept.scorecards = before;
    });
    changed("goals", "history");
    return { scorecards: listed(world), notes: [] };
  },
  list_kpi_goals: ({ metric, period }, { world }) => {
    const { goals } = keptOf(world);
    const rows = goals.filter((goal) => (metric === undefined || goal.metric === metric) && (period === undefined || goal.period === period));
    return rows.map((goal): KpiGoalRow => {
      const whose = goal.unit ?? goal.person ?? "";
      const { name, level } = named(world, whose);
      const value = fraction(goal.value) ?? ZERO;
      return {
        metric: goal.metric,
        name: metricOf(goal.metric).name,
        whose,
        whose_name: name,
        staff_number: null,
        level,
        period: goal.period,
        from: goal.from,
        to: null,
        value: text(value),
        shown: shownGoal(goal.metric, value),
      };
    });
  },
  get_kpi_goal: (args, { world }) => goalView(world, args.metric, asked(world, args), args.period),
  set_kpi_goal: (args, { world, changed }) => {
    const { metric, period, value } = args;
    if (metric === "won_amount") throw refuse("kpi_goal_planned", { metric });
    const whose = asked(world, args);
    const { name } = named(world, whose);
    const read = value === null ? null : fraction(value);
    if (value !== null && (!read || read.num < 0n)) throw refuse("kpi_goal_value", { metric, value, unit: metricOf(metric).unit });
    const kept = keptOf(world);
    const before = kept.goals;
    const from = args.from ?? daysOf(period)?.from ?? period;
    const isIt = (goal: SetKpiGoal) => goal.metric === metric && (goal.unit ?? goal.person) === whose && goal.period === period && goal.from === from;
    if (!read && !before.some(isIt)) throw refuse("not_found", { what: "kpi_goal", value: `${name} ${period}` });
    const others = before.filter((goal) => !isIt(goal));
    kept.goals = read ? [...others, { ...args, from, value: text(read) }] : others;
    const params = { metric, name, period, ...(read && { value: shownGoal(metric, read) }) };
    note(world, "setting", { code: read ? "change_set_kpi_goal" : "change_remove_kpi_goal", params }, [], () => {
      kept.goals = before;
    });
    changed("goals", "history");
    return goalView(world, metric, whose, period);
  },
  get_scorecard_result: (args, { world }) => {
    if (!daysOf(args.period)) throw refuse("input", { field: "period", value: args.period, expected: "a year, half, quarter or month" });
    const whose = asked(world, args);
    const people = args.people && whose !== args.person ? peopleOf(world, whose).map(({ id }) => id) : [];
    return {
      period: args.period,
      period_label: periodLabel(args.period, createI18n(args.language).t, args.language),
      rows: [whose, ...people].map((id) => resultOf(world, id, args.period)),
      notes: [],
    };
  },
} satisfies Partial<Handlers>;
