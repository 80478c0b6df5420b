/** Boards and saved views of the fake: built-in homes as the program has them, and what is made in the window. */
import { parsePeriod } from "../../components/period";
import type { AccountRole, Board, BoardInfo, Chart, CustomerValueRow, Dashboard, Drawn, Lang, Mark, MetricBy, MetricDrill, MetricTable, MetricTile, SavedView, Scope, Shows, ViewQuestion, Tile, Widget } from "../generated";
import { money, unitsBelow, type World } from "./company";
import { refuse, type Handlers } from "./fake";
import { metricOf, metricTable } from "./metrics";
import { dashboard } from "./performance";
import { signedIn } from "./accounts";

type Kept = Pick<BoardInfo, "id" | "name" | "roles" | "owner"> & { widgets: Widget[] };
type KeptView = Omit<SavedView, "can_edit">;

interface Desk {
  boards: Kept[];
  views: KeptView[];
  home: string | null;
  next: number;
}

const DESKS = new WeakMap<World, Desk>();

function deskOf(world: World): Desk {
  const desk = DESKS.get(world) ?? { boards: [], views: [], home: null, next: 1 };
  DESKS.set(world, desk);
  return desk;
}

const question = (form: ViewQuestion["form"], rest: Partial<ViewQuestion> = {}): ViewQuestion => ({
  form,
  metric: "won_amount",
  by: null,
  grain: null,
  compare: null,
  filter: null,
  limit: null,
  ...rest,
});

const TILES = ["won_amount", "attainment", "won_count", "win_rate", "average_deal"];
const HOME: Widget[] = [
  { id: "figures", place: { x: 0, y: 0, w: 12, h: 3 }, shows: { kind: "tiles", metrics: TILES } },
  { id: "weeks", place: { x: 0, y: 3, w: 7, h: 8 }, shows: { kind: "chart", question: question("bars", { grain: "week" }) } },
  { id: "customer_types", place: { x: 7, y: 3, w: 5, h: 8 }, shows: { kind: "chart", question: question("shares", { by: "customer_type" }) } },
  { id: "attainment", place: { x: 0, y: 11, w: 5, h: 10 }, shows: { kind: "chart", question: question("attainment", { metric: "attainment", by: "team" }) } },
  { id: "leaders", place: { x: 5, y: 11, w: 7, h: 10 }, shows: { kind: "leaderboard" } },
];
const BUILT_IN: Record<string, Widget[]> = { home_hr: HOME, home_manager: HOME, home_sales: HOME.slice(0, 3) };

function roleOf(world: World): AccountRole {
  return signedIn(world)?.role ?? "hr";
}

function ownHome(world: World): string {
  const role = roleOf(world);
  return deskOf(world).home ?? `home_${role === "auditor" ? "hr" : role}`;
}

const NAMES: Record<string, Record<Lang, string>> = {
  home_sales: { "zh-CN": "我的业绩", en: "My results" },
  home_manager: { "zh-CN": "团队业绩", en: "Team results" },
  home_hr: { "zh-CN": "公司业绩", en: "Company results" },
};

function listed(world: World, language: Lang = "zh-CN"): Board[] {
  const me = signedIn(world)?.name ?? null;
  const role = roleOf(world);
  const home = ownHome(world);
  const built: Board[] = Object.entries(BUILT_IN).map(([id, widgets]) => ({
    info: { id, name: NAMES[id]?.[language] ?? id, is_built_in: true, roles: [], owner: null, can_edit: false, is_home: id === home },
    widgets,
  }));
  const own = deskOf(world)
    .boards.filter((one) => one.owner === me || role === "hr" || one.roles.includes(role))
    .map(({ widgets, ...kept }): Board => ({
      info: { ...kept, is_built_in: false, can_edit: kept.owner === me || role === "hr", is_home: kept.id === home },
      widgets,
    }));
  return [...built, ...own];
}

function boardOf(world: World, id: string, language?: Lang): Board {
  const found = listed(world, language).find(({ info }) => info.id === id);
  if (!found) throw refuse("not_found", { what: "board", value: id });
  return found;
}

function draw(world: World, shows: Shows, scope: Scope, language: Lang): Drawn {
  const none: Drawn = { title: "", chart: null, tiles: [], leaderboard: [], customers: [], table: null, marks: {}, span: null, own_rows: false, lack: null, notes: [], explain: null };
  const all = dashboard(world, scope, language);
  if (shows.kind === "tiles") return { ...none, tiles: all.tiles.filter(({ code }) => shows.metrics.includes(code)).map((tile) => tileOf(tile, all)), notes: all.notes };
  if (shows.kind === "leaderboard") return { ...none, leaderboard: all.leaderboard };
  if (shows.kind === "view") {
    const view = deskOf(world).views.find(({ id }) => id === shows.view);
    if (!view) return { ...none, lack: { code: "not_found", params: { what: "view", value: shows.view } } };
    return { ...draw(world, { kind: "chart", question: view.question }, scope, language), title: view.name };
  }
  if (shows.kind === "customers") return { ...none, customers: customersOf(world, scope), title: language === "en" ? "Customers by amount" : "客户累计业绩" };
  const asked = shows.question;
  if (asked.form === "funnel") return { ...none, ...funnel(scope), own_rows: true, explain: metricOf(asked.metric) };
  const old = { bars: "weekly_sales", shares: "customer_types", attainment: "team_attainment" }[asked.form as "bars"];
  const chart = ["won_amount", "attainment"].includes(asked.metric) && !asked.filter && (asked.form !== "bars" || asked.grain === "week") ? all.charts.find(({ id }) => id === old) : undefined;
  if (chart) return { ...none, title: chart.title, chart, marks: marksOf(all, chart.id), explain: metricOf(asked.metric) };
  return fromTable(world, asked, scope, none);
}

/** What the old dashboard opened, as marks of metrics. */
function marksOf(all: Dashboard, chart: string): Drawn["marks"] {
  const by: MetricBy | null = chart === "customer_types" ? "customer_type" : chart === "team_attainment" ? "team" : null;
  const entries = Object.entries(all.marks[chart] ?? {}).map(([key, drill]): [string, Mark] => [
    key,
    plain({ metric: drill.figure, by, key: by === null ? "" : key, days: drill.days, unit: by === "team" ? null : drill.unit }),
  ]);
  return Object.fromEntries(entries);
}

function plain(drill: MetricDrill): Mark {
  return { drill, measure: null, less: null };
}

function tileOf(tile: Tile, { tiles }: Dashboard): MetricTile {
  const { value } = tile;
  const drill: MetricDrill = { metric: tile.code, by: null, key: "", days: tile.drill.days, unit: tile.drill.unit };
  const raw = value === null ? null : value.unit === "money" ? value.value.amount : value.value;
  return {
    metric: metricOf(tile.code),
    currency: value?.unit === "money" ? value.value.currency : null,
    cell: {
      value: raw,
      shown: raw,
      reason: raw === null ? { code: "no_value_no_goal", params: {} } : null,
      parts: {},
      compared: tile.previous === null ? null : "1",
      compared_value: tile.previous === null ? null : "1",
      change: tile.change,
      change_shown: tile.change === null ? null : "+10.0%",
      compared_reason: null,
      drill,
    },
    compared_with: tile.compared_with,
    goal: ["won_amount", "attainment"].includes(tile.code) ? (tiles.find(({ goal }) => goal !== null)?.goal?.amount ?? null) : null,
    attainment: tile.attainment,
    sparkline: tile.sparkline,
  };
}

function fromTable(world: World, asked: ViewQuestion, scope: Scope, none: Drawn): Drawn {
  const period = parsePeriod(scope.period);
  if (!period) throw refuse("invalid_period", { value: scope.period });
  const { metric, by, grain, compare } = asked;
  // A trend shows the year before too.
  const from = asked.form === "trend" ? `${Number(period.start.slice(0, 4)) - 1}${period.start.slice(4)}` : period.start;
  const days = { from, to: period.end };
  const table = metricTable(world, { metric, by, grain, compare, unit: scope.unit, ...days, ...(asked.filter && { filter: asked.filter }) });
  const rows = table.rows.filter((row) => row.cell.value !== null).slice(0, asked.limit ?? 60);
  const title = `${table.metric.name.zh}，${scope.period}`;
  const reason = table.rows.find((row) => row.cell.reason)?.cell.reason ?? null;
  if (rows.length === 0) return { ...none, title, explain: table.metric, lack: reason ?? { code: "no_value_no_data", params: { needs: "deals" } } };
  if (asked.form === "table") return { ...none, title, explain: table.metric, table };
  if (asked.form === "heat_map") return { ...none, title, explain: table.metric, ...grid(table, chartOf(table, rows, asked, title)) };
  return {
    ...none,
    title,
    explain: table.metric,
    chart: chartOf(table, rows, asked, title),
    span: asked.form === "trend" ? days : null,
    marks: Object.fromEntries(rows.flatMap((row) => (row.cell.drill ? [[row.period ?? row.key, plain(row.cell.drill)]] : []))),
  };
}

/** Parts as rows, periods as columns; a cell opens by both keys. */
function grid({ rows }: MetricTable, chart: Chart): Pick<Drawn, "chart" | "marks"> {
  const columns = [...new Set(rows.map(({ period }) => period ?? ""))];
  const parts = [...new Map(rows.map(({ key, label }) => [key, label]))];
  const cellOf = (part: string, column: string) => rows.find(({ key, period }) => key === part && period === column)?.cell;
  const marks = rows.flatMap(({ key, period, cell }) => (cell.drill ? [[`${key}/${period}`, plain(cell.drill)] as const] : []));
  const series = parts.map(([key, label]) => {
    const values = columns.map((column) => cellOf(key, column)?.value ?? null);
    return { key, label, role: "actual" as const, values: values.map((raw) => (raw === null ? null : { raw })) };
  });
  return { chart: { ...chart, kind: "heat_map", categories: columns.map((key) => ({ key, label: key })), series }, marks: Object.fromEntries(marks) };
}

function chartOf(table: MetricTable, rows: MetricTable["rows"], { form, metric }: ViewQuestion, title: string): Chart {
  return {
    id: metric,
    kind: form === "shares" ? "pie" : form === "ranking" ? "h_bar" : "bar",
    title,
    subtitle: null,
    unit: table.currency !== null ? { kind: "money", currency: table.currency } : { kind: table.metric.unit === "ratio" ? "percent" : "count" },
    categories: rows.map((row) => ({ key: row.period ?? row.key, label: row.period ?? row.label })),
    series: [{ key: metric, label: table.metric.name.zh, role: "actual", values: rows.map(({ cell }) => (cell.value === null ? null : { raw: cell.value })) }],
    note: null,
  };
}

/** Each stage counts a measure of its own, of a metric of its own, as the program has it. */
const STAGES = [
  ["opened", "新开", "cohort_win_rate", "opened_count"],
  ["engaging", "跟进中", "conversion_engaging", "cohort_engaging"],
  ["proposal", "方案报价", "conversion_proposal", "cohort_proposal"],
  ["negotiation", "商务谈判", "conversion_negotiation", "cohort_negotiation"],
  ["won", "赢单", "cohort_win_rate", "cohort_won_count"],
] as const;

function funnel({ unit, period: key }: Scope): Pick<Drawn, "title" | "chart" | "marks"> {
  const period = parsePeriod(key);
  if (!period) throw refuse("invalid_period", { value: key });
  const days = { from: period.start, to: period.end };
  const title = "新开商机到达的阶段";
  const marks = STAGES.map(([stage, , metric, measure]) => [stage, { ...plain({ metric, by: null, key: "", unit, days }), measure }] as const);
  return {
    title,
    chart: {
      id: "funnel",
      kind: "funnel",
      title,
      subtitle: null,
      unit: { kind: "count" },
      categories: STAGES.map(([stage, label]) => ({ key: stage, label })),
      series: [{ key: "deals", label: "商机", role: "actual", values: STAGES.map((_, at) => ({ raw: String(50 - 10 * at) })) }],
      note: null,
    },
    marks: Object.fromEntries(marks),
  };
}

/** Won deals up to the end of the period, by customer. */
function customersOf(world: World, { unit, period: key }: Scope): CustomerValueRow[] {
  const period = parsePeriod(key);
  if (!period) throw refuse("invalid_period", { value: key });
  const units = unitsBelow(world, unit);
  const sums = new Map<string, { minor: bigint; count: number }>();
  for (const { customer, closed, minor, stage, team } of world.deals) {
    if (stage !== "won" || customer === null || closed === null || closed >= period.end || !units.has(team)) continue;
    const before = sums.get(customer) ?? { minor: 0n, count: 0 };
    sums.set(customer, { minor: before.minor + (minor ?? 0n), count: before.count + 1 });
  }
  const drill = { figure: "won_amount", unit, directly: false, days: { from: "2025-01-01", to: period.end }, person: null, customer_types: [], cursor: null };
  return [...sums]
    .toSorted(([, a], [, b]) => (a.minor < b.minor ? 1 : -1))
    .map(([name, { minor, count }]) => ({ customer: name, name, won_amount: money(minor), won_count: count, drill: { ...drill, customer: name } }));
}

function writable<T extends { id: string; owner: string | null }>(world: World, all: readonly T[], id: string, what: string): T {
  const found = all.find((one) => one.id === id);
  if (!found) throw refuse("not_found", { what, value: id });
  if (roleOf(world) !== "hr" && found.owner !== (signedIn(world)?.name ?? null)) throw refuse("board_of_another", { name: "", owner: found.owner ?? "" });
  return found;
}

export const boardHandlers = {
  list_boards: ({ language }, { world }) => listed(world, language).map(({ info }) => info),
  get_board: ({ id, language }, { world }) => boardOf(world, id ?? ownHome(world), language),
  draw_widget: ({ shows, scope, language }, { world }) => draw(world, shows, scope, language),
  save_board: ({ id, name, roles, widgets, expected }, { world, changed }) => {
    const desk = deskOf(world);
    const owner = signedIn(world)?.name ?? null;
    const own = id === null ? { id: `board-${desk.next}`, name, roles, owner, widgets } : writable(world, desk.boards, id, "board");
    if (id !== null && expected && JSON.stringify(expected) !== JSON.stringify(own.widgets)) throw refuse("board_changed", { name: own.name });
    if (id === null) {
      desk.next += 1;
      desk.boards.push(own);
    } else Object.assign(own, { name, roles, widgets });
    changed("boards");
    return boardOf(world, own.id);
  },
  remove_board: ({ id }, { world, changed }) => {
    const desk = deskOf(world);
    const own = writable(world, desk.boards, id, "board");
    desk.boards = desk.boards.filter((one) => one !== own);
    if (desk.home === id) desk.home = null;
    changed("boards");
    return null;
  },
  set_home: ({ id }, { world, changed }) => {
    deskOf(world).home = id === null ? null : boardOf(world, id).info.id;
    changed("boards");
    return null;
  },
  list_views: (_, { world }) => {
    const me = signedIn(world)?.name ?? null;
    return deskOf(world).views.map((view) => ({ ...view, can_edit: view.owner === me || roleOf(world) === "hr" }));
  },
  save_view: ({ id, name, question: asked, roles }, { world, changed }) => {
    const desk = deskOf(world);
    const owner = signedIn(world)?.name ?? null;
    const own = id === null ? { id: `view-${desk.next}`, name, question: asked, roles, owner } : writable(world, desk.views, id, "view");
    if (id === null) {
      desk.next += 1;
      desk.views.push(own);
    } else Object.assign(own, { name, question: asked, roles });
    changed("boards");
    return { ...own, can_edit: true };
  },
  remove_view: ({ id }, { world, changed }) => {
    const desk = deskOf(world);
    const own = writable(world, desk.views, id, "view");
    desk.views = desk.views.filter((one) => one !== own);
    changed("boards");
    return null;
  },
} satisfies Partial<Handlers>;
