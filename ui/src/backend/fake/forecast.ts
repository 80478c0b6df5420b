/** Forecast and landing of the fake: a flat year ahead, and a quarter of which half is won. */
import type { ForecastView, KeptForecasts, LandingDealRow, LandingRow, LandingView } from "../generated";
import { unitsBelow, type World } from "./company";
import { refuse, type Handlers } from "./fake";
import { METRICS } from "./metrics";

const MONTHS = ["2026-07", "2026-08", "2026-09", "2026-10"] as const;
const AHEAD = ["2026-11", "2026-12", "2027-01"] as const;

function nameOf(world: World, unit: string | null): string {
  return world.units.find(({ id }) => (unit === null ? true : id === unit))?.name ?? "";
}

function forecast(world: World, metricCode: string, unit: string | null, by: string | null): ForecastView {
  const metric = METRICS.find((one) => one.code === metricCode);
  if (!metric) throw refuse("not_found", { what: "metric", value: metricCode });
  const none = metricCode === "receipts";
  const ahead = none ? [] : AHEAD.map((period) => ({ period, label: period, mean: "120.00", lower: "90.00", upper: "150.00" }));
  const row = { staff_number: null, depth: 0, ahead, method: none ? null : "combination", notes: [], refused: null };
  const name = nameOf(world, unit);
  const places = [...MONTHS, ...AHEAD];
  const series = (key: string, role: "actual" | "forecast" | "lower" | "upper", values: (string | null)[]) => ({
    key,
    label: key,
    role,
    values: values.map((raw) => (raw === null ? null : { raw })),
  });
  const gap = <T,>(all: readonly T[]) => all.map(() => null);
  return {
    metric,
    currency: world.currency,
    unit_name: name,
    data_up_to: none ? null : "2026-10-31",
    history: none ? [] : MONTHS.map((period, at) => ({ period, label: period, value: "100.00", expected: at === 1 ? "80.00" : null, shift: false })),
    under_way: null,
    total: {
      ...row,
      key: "",
      label: "",
      notes: none ? [] : [{ code: "forecast_short_history", params: { origins: "3", need: "8", half_width: "30.00" } }],
      refused: none ? { code: "no_value_no_data", params: { needs: "receipts" } } : null,
    },
    rows:
      by === null || none
        ? []
        : world.units.filter(({ id }) => unitsBelow(world, unit).has(id)).map(({ id, name: label }) => ({ ...row, key: id, label, depth: 1 })),
    chart: none
      ? null
      : {
          id: "forecast",
          kind: "trend",
          title: `赢单金额预测，${name}`,
          subtitle: null,
          unit: { kind: "money", currency: world.currency },
          categories: places.map((key) => ({ key, label: key })),
          series: [
            series("实际", "actual", [...MONTHS.map(() => "100.00"), ...gap(AHEAD)]),
            series("预测", "forecast", [...gap(MONTHS), ...AHEAD.map(() => "120.00")]),
            series("下限", "lower", [...gap(MONTHS), ...AHEAD.map(() => "90.00")]),
            series("上限", "upper", [...gap(MONTHS), ...AHEAD.map(() => "150.00")]),
          ],
          note: null,
        },
  };
}

const ROW: LandingRow = {
  key: "",
  label: "",
  staff_number: null,
  depth: 0,
  won: "500.00",
  open: "300.25",
  new: "100.00",
  landing: "900.25",
  lower: "700.00",
  upper: "1100.00",
  open_deals: 1,
  open_amount: "600.50",
  goal: "1000.00",
  attainment: "36010/40000",
};

const DEAL: LandingDealRow = {
  id: "deal-1",
  external_id: "D-17",
  owner: "王伟",
  customer: "启明",
  product: "GTX",
  stage: "proposal",
  age: 40,
  amount: "600.50",
  amount_from: "list_price",
  list_times: "3/4",
  list_deals: 7,
  chance: "1/2",
  expected: "300.25",
  by_age: "2/5",
  same_age: [40, 100],
  same_stage: null,
  owner_deals: [12, 20],
  by_owner: "11/20",
};

function landing(world: World, unit: string | null): LandingView {
  const has = world.deals.length > 0;
  return {
    period: "2026-Q4",
    period_label: "2026年第4季度",
    as_of: "2026-11-24",
    working_days: [39, 66],
    currency: world.currency,
    unit_name: nameOf(world, unit),
    total: has ? ROW : null,
    rows: [],
    deals: has ? [{ ...DEAL, id: world.deals.find(({ stage }) => stage === "open")?.id ?? DEAL.id }] : [],
    deal_count: has ? 1 : 0,
    list_share: has ? "87/100" : null,
    past: has
      ? [{ period: "2026-Q3", label: "2026年第3季度", as_of: "2026-08-24", landing: "800.00", lower: "700.00", upper: "900.00", actual: "850.00", off: "-1/17", held: true }]
      : [],
    warnings: has
      ? [
          { kind: "pace", state: "warn", message: { code: "warning_pace_behind", params: { won: "500.00", goal: "1000.00", passed: "39", days: "66", run_rate: "846.15" } } },
          { kind: "change", state: "unknown", message: { code: "warning_needs_weeks", params: { count: "9" } } },
        ]
      : [],
    notes: has ? [{ code: "landing_list_price", params: { count: "1", lean: "5", times: "0.87" } }] : [{ code: "no_value_no_data", params: { needs: "closed_deals" } }],
  };
}

const KEPT: KeptForecasts = {
  last_kept: "2026-10-31",
  currency: "CNY",
  rows: [{ on: "2026-09-30", kind: "forecast", period: "2026-10", label: "2026年10月", mean: "110.00", lower: "80.00", upper: "140.00", actual: "100.00", off: "1/10", held: true }],
  waiting: 7,
  held: 1,
  mean_off: "1/10",
};

export const forecastHandlers = {
  get_kept_forecasts: () => KEPT,
  keep_forecasts: () => KEPT,
  get_forecast: ({ metric, unit, by }, { world }) => forecast(world, metric, unit, by),
  get_landing: ({ unit }, { world }) => landing(world, unit),
} satisfies Partial<Handlers>;
