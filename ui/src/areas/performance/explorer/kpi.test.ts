import { expect, test } from "vitest";
import type { Drill, KpiTable, OrganisationTree } from "../../../backend/generated";
import { createI18n } from "../../../i18n";
import { kpiChart, withinLimit, withNames } from "./kpi";

const t = createI18n("en").t;
const QUARTER = { from: "2017-04-01", to: "2017-07-01" };
const drill = (unit: string | null): Drill => ({
  figure: "won_count",
  unit,
  directly: true,
  days: QUARTER,
  person: null,
  customer_types: [],
  cursor: null,
});
const row = (key: string, label: string, value = "1") => ({ key, label, value, drill: drill(key || null) });

test("the chart shows the table's exact values; a long ranking is cut and says so", () => {
  const table: KpiTable = {
    metric: "won_amount",
    currency: "USD",
    rows: Array.from({ length: 25 }, (_, index) => row(`p${index}`, `P${index}`, `${100 - index}.10`)),
    total: "2202.50",
  };
  const chart = kpiChart(table, "person", QUARTER, t, "en");
  expect(chart.series[0]?.values.map((value) => value?.raw)).toEqual(table.rows.map(({ value }) => value));
  const cut = withinLimit(chart, t);
  expect(cut.categories).toHaveLength(20);
  expect(cut.note).toBe("First 20");
});

test("two weeks of one number have two names", () => {
  const table: KpiTable = { metric: "won_count", currency: null, rows: ["2018-W01", "2018-W52", "2019-W01"].map((key) => row(key, key)), total: "3" };
  const chart = kpiChart(table, "week", { from: "2018-01-01", to: "2019-01-01" }, t, "en");
  expect(chart.categories.map(({ label }) => label)).toEqual(["W1", "W52", "W1 2019"]);
});

const organisation: OrganisationTree = {
  units: [
    { id: "c", parent: null, kind: "company", name: "Company", manager: null },
    { id: "e", parent: "c", kind: "department", name: "East", manager: null },
    { id: "s", parent: "e", kind: "team", name: "Shanghai", manager: null },
  ],
  people: ["a", "b", "c"].map((id) => ({ id, name: "", staff_number: `N${id}`, team: null, carries_goal: true })),
};

test("two people of one name are told apart, others keep their plain name", () => {
  const table: KpiTable = { metric: "won_count", currency: null, rows: [row("a", "王伟"), row("b", "王伟"), row("c", "李娜")], total: "3" };
  expect(withNames(table, "person", organisation, t).rows.map(({ label }) => label)).toEqual(["王伟 Na", "王伟 Nb", "李娜"]);
});

test("a unit with teams below says that its row is its own", () => {
  const table: KpiTable = { metric: "won_count", currency: null, rows: [row("e", ""), row("s", ""), row("", "")], total: "3" };
  expect(withNames(table, "team", organisation, t).rows.map(({ label }) => label)).toEqual(["East (directly)", "Shanghai", "Without a team"]);
});
