/** Performance: the dashboard, its records and KPI tables, from the fake's deals. */
import { containing, parsePeriod, periods, shift, type Kind, type Period } from "../../components/period";
import type { Chart, Dashboard, Days, Drill, KpiRow, Lang, LeaderboardRow, RecordRow, Records, Scope, Tile, TileValue } from "../generated";
import { money, unitsBelow, type FakeDeal, type World } from "./company";
import { refuse, type Handlers } from "./fake";
import { goalOf, peopleOf } from "./goals";

const PAGE_ROWS = 50;

const TITLES: Record<string, Record<Lang, string>> = {
  weekly_sales: { "zh-CN": "每周销售", en: "Weekly sales" },
  customer_types: { "zh-CN": "客户类型占比", en: "Won amount by customer type" },
  team_attainment: { "zh-CN": "各团队达成率", en: "Attainment by team" },
  won_amount: { "zh-CN": "赢单金额", en: "Won amount" },
  attainment: { "zh-CN": "达成率", en: "Attainment" },
  goal: { "zh-CN": "目标", en: "Goal" },
};

function periodOf(key: string): Period {
  const period = parsePeriod(key);
  if (!period) throw refuse("invalid_period", { value: key });
  return period;
}

interface Filter {
  unit: string | null;
  start: string;
  end: string;
  person?: string | null;
  types?: readonly string[];
}

function closedDeals(world: World, { unit, start, end, person, types = [] }: Filter): FakeDeal[] {
  const units = unitsBelow(world, unit);
  return world.deals.filter(
    (deal) =>
      deal.closed !== null &&
      deal.closed >= start &&
      deal.closed < end &&
      units.has(deal.team) &&
      (!person || deal.person === person) &&
      (types.length === 0 || types.includes(typeOf(deal))),
  );
}

function typeOf(deal: FakeDeal): string {
  return deal.customer === null ? "" : deal.customerType;
}

const total = (deals: readonly FakeDeal[]) => deals.reduce((sum, deal) => sum + (deal.minor ?? 0n), 0n);
const won = (deals: readonly FakeDeal[]) => deals.filter((deal) => deal.stage === "won");

function figure(code: string, deals: readonly FakeDeal[], goal: bigint | null): TileValue | null {
  const good = won(deals);
  switch (code) {
    case "won_amount":
      return { unit: "money", value: money(total(good)) };
    case "won_count":
      return { unit: "count", value: String(good.length) };
    case "win_rate":
      return deals.length === 0 ? null : { unit: "percent", value: `${good.length}/${deals.length}` };
    case "average_deal":
      return good.length === 0 ? null : { unit: "money", value: money(total(good) / BigInt(good.length)) };
    case "attainment":
      return goal ? { unit: "percent", value: `${total(good)}/${goal}` } : null;
    default:
      return null;
  }
}

function asMinor(value: TileValue | null): [bigint, bigint] | null {
  if (!value) return null;
  if (value.unit === "money") return [BigInt(value.value.amount.replace(".", "")), 1n];
  const [n = "0", d = "1"] = value.value.split("/");
  return [BigInt(n), BigInt(d)];
}

function change(now: TileValue | null, before: TileValue | null): string | null {
  const [a, b] = [asMinor(now), asMinor(before)];
  if (!a || !b || b[0] === 0n) return null;
  const [n, d] = [a[0] * b[1] - b[0] * a[1], b[0] * a[1]];
  return `${n}/${d}`;
}

function tiles(world: World, scope: Scope, period: Period): Tile[] {
  const before = shift(period, -1);
  const people = peopleOf(world, scope.unit);
  const parts = periods(period.kind === "year" ? "month" : "iso_week", period.start, period.end).slice(-13);
  return ["won_amount", "attainment", "won_count", "win_rate", "average_deal"].map((code) => {
    const goal = goalOf(world, people, period.key);
    const value = figure(code, closedDeals(world, { unit: scope.unit, ...period }), goal);
    const previous = figure(code, closedDeals(world, { unit: scope.unit, ...before }), goalOf(world, people, before.key));
    return {
      code,
      value,
      previous,
      change: change(value, previous),
      compared_with: previous ? before.key : null,
      attainment: goal && (code === "attainment" || code === "won_amount") ? `${total(won(closedDeals(world, { unit: scope.unit, ...period })))}/${goal}` : null,
      goal: code === "attainment" && goal !== null ? money(goal) : null,
      sparkline:
        code === "attainment"
          ? []
          : parts.map((part) => {
              if (part.start > "2026-10-31") return null;
              const one = figure(code, closedDeals(world, { unit: scope.unit, ...part }), null);
              return one ? (one.unit === "money" ? one.value.amount : one.value) : null;
            }),
      drill: drillOf(code, scope.unit, { from: period.start, to: period.end }),
    };
  });
}

function charts(world: World, scope: Scope, period: Period, language: Lang): Chart[] {
  const unit = { kind: "money" as const, currency: world.currency };
  const weeks = periods("iso_week", period.start, period.end);
  const types = [...new Set(world.deals.map(typeOf))].toSorted();
  const typed = types
    .map((type) => ({ type, minor: total(won(closedDeals(world, { unit: scope.unit, ...period, types: [type] }))) }))
    .filter(({ minor }) => minor > 0n)
    .toSorted((a, b) => Number(b.minor - a.minor));
  const below = unitsBelow(world, scope.unit);
  const teams = world.units.filter((one) => one.kind === "team" && below.has(one.id));
  const actual = (key: string, values: (string | null)[]) => ({
    key,
    label: TITLES[key]?.[language] ?? key,
    role: "actual" as const,
    values: values.map((raw) => (raw === null ? null : { raw })),
  });
  const unitName = world.units.find((one) => one.id === (scope.unit ?? "u-company"))?.name ?? "";
  const chart = (id: string, kind: Chart["kind"], rest: Pick<Chart, "unit" | "categories" | "series">): Chart => ({
    id,
    kind,
    // As Rust words it: the title alone says what is seen.
    title: `${unitName}${language === "en" ? ": " : "："}${TITLES[id]?.[language] ?? id}${language === "en" ? ", " : "，"}${period.key}`,
    subtitle: null,
    note: null,
    ...rest,
  });
  return [
    chart("weekly_sales", "bar", {
      unit,
      categories: weeks.map(({ key, part }) => ({ key, label: language === "en" ? `W${part}` : `${part}周` })),
      series: [
        actual(
          "won_amount",
          weeks.map((week) =>
            week.start > "2026-10-31" || week.end < "2024-01-11"
              ? null
              : money(total(won(closedDeals(world, { unit: scope.unit, ...within(week, period) })))).amount,
          ),
        ),
      ],
    }),
    chart("customer_types", "pie", {
      unit,
      categories: typed.map(({ type }) => ({ key: type, label: type || (language === "en" ? "Without type" : "未分类") })),
      series: [actual("won_amount", typed.map(({ minor }) => money(minor).amount))],
    }),
    chart("team_attainment", "attainment", {
      unit: { kind: "percent" },
      categories: teams.map(({ id, name }) => ({ key: id, label: name })),
      series: [
        actual(
          "attainment",
          teams.map((team) => {
            const goal = goalOf(world, peopleOf(world, team.id), period.key);
            return goal ? `${total(won(closedDeals(world, { unit: team.id, ...period })))}/${goal}` : null;
          }),
        ),
      ],
    }),
  ];
}

function drillOf(code: string, unit: string | null, days: Days, rest: Partial<Drill> = {}): Drill {
  return { figure: code, unit, directly: false, days, person: null, customer_types: [], cursor: null, ...rest };
}

/** What the marks of the charts open. */
function marks(all: readonly Chart[], scope: Scope, period: Period): Dashboard["marks"] {
  const days = { from: period.start, to: period.end };
  const drill = (chart: Chart, key: string): Drill => {
    if (chart.id === "weekly_sales") {
      const { start, end } = within(periodOf(key), period);
      return drillOf("won_amount", scope.unit, { from: start, to: end });
    }
    return chart.id === "customer_types"
      ? drillOf("won_amount", scope.unit, days, { customer_types: [key] })
      : drillOf("attainment", key, days, { directly: true });
  };
  return Object.fromEntries(
    all.map((chart) => [chart.id, Object.fromEntries(chart.categories.map(({ key }) => [key, drill(chart, key)]))]),
  );
}

function within(part: Period, whole: Period): { start: string; end: string } {
  return {
    start: part.start < whole.start ? whole.start : part.start,
    end: part.end > whole.end ? whole.end : part.end,
  };
}

function leaderboard(world: World, scope: Scope, period: Period): LeaderboardRow[] {
  const rows = peopleOf(world, scope.unit)
    .map((person) => {
      const deals = won(closedDeals(world, { unit: scope.unit, ...period, person: person.id }));
      const goal = goalOf(world, [person], period.key);
      return { person, minor: total(deals), count: deals.length, goal };
    })
    .toSorted((a, b) => Number(b.minor - a.minor));
  return rows.map((row) => ({
    rank: rows.findIndex(({ minor }) => minor === row.minor) + 1,
    person: row.person.id,
    name: row.person.name,
    staff_number: row.person.staff,
    team: world.units.find(({ id }) => id === row.person.team)?.name ?? "",
    won_amount: money(row.minor),
    won_count: row.count,
    goal: row.goal === null ? null : money(row.goal),
    attainment: row.goal ? `${row.minor}/${row.goal}` : null,
    drill: drillOf("won_amount", scope.unit, { from: period.start, to: period.end }, { person: row.person.id }),
  }));
}

export function dashboard(world: World, scope: Scope, language: Lang): Dashboard {
  const period = periodOf(scope.period);
  const drawn = charts(world, scope, period, language);
  return {
    unit_name: world.units.find(({ id }) => id === (scope.unit ?? "u-company"))?.name ?? "",
    period: scope.period,
    tiles: tiles(world, scope, period),
    charts: drawn,
    marks: marks(drawn, scope, period),
    leaderboard: leaderboard(world, scope, period),
    notes: period.end > "2026-11-01" ? [{ code: "months_without_data", params: { months: "2026-11, 2026-12" } }] : [],
    data_up_to: "2026-10-31",
  };
}

export function recordRow(world: World, deal: FakeDeal): RecordRow {
  return {
    id: deal.id,
    external_id: `OPP-${deal.id.slice(2).padStart(5, "0")}`,
    customer: deal.customer,
    customer_type: deal.customer === null ? null : deal.customerType,
    product: deal.product,
    owner: world.people.find(({ id }) => id === deal.person)?.name ?? "",
    team: world.units.find(({ id }) => id === deal.team)?.name ?? null,
    stage: deal.stage === "open" ? "engaging" : deal.stage,
    opened_on: deal.opened,
    closed_on: deal.closed,
    amount: deal.minor === null ? null : money(deal.minor),
  };
}

function records(world: World, drill: Drill): Records {
  const all = closedDeals(world, {
    unit: drill.unit,
    start: drill.days.from,
    end: drill.days.to,
    person: drill.person,
    types: drill.customer_types,
  });
  const people = drill.person ? world.people.filter(({ id }) => id === drill.person) : peopleOf(world, drill.unit);
  const kinds: readonly Kind[] = ["year", "quarter", "month"];
  const period = kinds.map((kind) => containing(kind, drill.days.from)).find(({ end }) => end === drill.days.to);
  const goal = period ? goalOf(world, people, period.key) : null;
  const deals = drill.figure === "win_rate" ? all : won(all);
  const offset = Number(drill.cursor ?? 0);
  const won_amount = money(total(won(all))).amount;
  return {
    figure: drill.figure,
    value: figure(drill.figure, all, goal),
    formula:
      drill.figure === "attainment" && goal
        ? { code: "formula_attainment", params: { sum: won_amount, goal: money(goal).amount } }
        : null,
    rows: deals
      .toSorted((a, b) => ((a.closed ?? "") < (b.closed ?? "") ? 1 : -1))
      .slice(offset, offset + PAGE_ROWS)
      .map((deal) => recordRow(world, deal)),
    next_cursor: offset + PAGE_ROWS < deals.length ? String(offset + PAGE_ROWS) : null,
    total: deals.length,
    sum: money(total(deals)),
  };
}

export const performanceHandlers = {
  get_dashboard: ({ scope, language }, { world }) => dashboard(world, scope, language),
  list_records: (drill, { world }) => records(world, drill),
  get_kpi: ({ metric, by, from, to, unit }, { world }) => {
    const deals = closedDeals(world, { unit, start: from, end: to }).filter(
      (deal) => deal.stage === (metric === "lost_count" ? "lost" : "won"),
    );
    const kinds: Partial<Record<typeof by, Kind>> = { week: "iso_week", month: "month", quarter: "quarter" };
    const kind = kinds[by];
    const keyOf = (deal: FakeDeal) =>
      kind ? containing(kind, deal.closed ?? from).key : by === "person" ? deal.person : by === "team" ? deal.team : typeOf(deal);
    const keys = kind
      ? periods(kind, from, to).map(({ key }) => key).filter((key) => deals.some((deal) => keyOf(deal) === key))
      : [...new Set(deals.map(keyOf))];
    const minors = keys.map((key) => {
      const own = deals.filter((deal) => keyOf(deal) === key);
      return { key, own: metric === "won_amount" ? total(own) : BigInt(own.length) };
    });
    if (!kind) minors.sort((a, b) => Number(b.own - a.own));
    const text = (value: bigint) => (metric === "won_amount" ? money(value).amount : String(value));
    const name = (key: string) =>
      world.people.find(({ id }) => id === key)?.name ?? world.units.find(({ id }) => id === key)?.name ?? key;
    const drill = (key: string): Drill => {
      if (kind) {
        const { start, end } = periodOf(key);
        return drillOf(metric, unit, { from: start < from ? from : start, to: end > to ? to : end });
      }
      if (by === "team") return drillOf(metric, key, { from, to }, { directly: true });
      return drillOf(metric, unit, { from, to }, by === "person" ? { person: key } : { customer_types: [key] });
    };
    return {
      metric,
      currency: metric === "won_amount" ? world.currency : null,
      rows: minors.map(({ key, own }): KpiRow => ({ key, label: name(key), value: text(own), drill: drill(key) })),
      total: text(minors.reduce((sum, { own }) => sum + own, 0n)),
    };
  },
  list_customer_values: ({ before }, { world }) => ({ before: before ?? world.today, rows: [], next_cursor: null }),
  export_metric: ({ question, from, to, format }) => ({
    folder: "/home/user/报告",
    failed: [],
    files: [`${question.metric} ${from} ${to}.${format}`],
  }),
  export_dashboard: async ({ scope, formats }, { work }) => {
    await work([
      ["charts", 3],
      ...formats.map((format) => [format, 1] as const),
    ]);
    const ids = ["weekly_sales", "customer_types", "team_attainment"];
    return {
      folder: "/home/user/报告",
      failed: [],
      files: formats.flatMap((format) =>
        format === "png" || format === "svg"
          ? ids.map((id) => `${scope.period} ${id}.${format}`)
          : [`${scope.period} dashboard.${format}`],
      ),
    };
  },
} satisfies Partial<Handlers>;
