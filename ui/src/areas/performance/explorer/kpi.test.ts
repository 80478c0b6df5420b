import { expect, test } from "vitest";
import type { KpiTable } from "../../../backend/generated";
import { createI18n } from "../../../i18n";
import { drillOfRow, kpiChart, periodOf, withinLimit, withStaffNumbers } from "./kpi";

const t = createI18n("en").t;
const QUARTER = { from: "2017-04-01", to: "2017-07-01" };

test.each([
  ["2017-01-01", "2018-01-01", "2017"],
  ["2017-04-01", "2017-07-01", "2017-Q2"],
  ["2016-02-01", "2016-03-01", "2016-02"],
  ["2026-11-23", "2026-11-30", "2026-W48"],
  ["2017-04-01", "2017-07-02", null],
])("the days %s to %s are the period %s", (from, to, key) => {
  expect(periodOf({ from, to })).toBe(key);
});

test("a row opens its own records, and none where the days cannot name them", () => {
  expect(drillOfRow("won_amount", "month", "2017-05", QUARTER, "u")).toEqual({
    figure: "won_amount",
    scope: { unit: "u", period: "2017-05" },
  });
  expect(drillOfRow("won_count", "customer_type", "", QUARTER, null)).toEqual({
    figure: "won_count",
    scope: { unit: null, period: "2017-Q2" },
    customer_type: "",
  });
  expect(drillOfRow("won_amount", "team", "t1", { from: "2017-04-02", to: "2017-07-01" }, null)).toBeNull();
});

test("the chart shows the table's exact values; a long ranking is cut and says so", () => {
  const table: KpiTable = {
    metric: "won_amount",
    currency: "USD",
    rows: Array.from({ length: 25 }, (_, index) => ({ key: `p${index}`, label: `P${index}`, value: `${100 - index}.10` })),
    total: "2202.50",
  };
  const chart = kpiChart(table, "person", QUARTER, t, "en");
  expect(chart.series[0]?.values.map((value) => value?.raw)).toEqual(table.rows.map((row) => row.value));
  const cut = withinLimit(chart, t);
  expect(cut.categories).toHaveLength(20);
  expect(cut.note).toBe("First 20");
});

const row = (key: string, label: string) => ({ key, label, value: "1" });

test("two people of one name are told apart, others keep their plain name", () => {
  const table: KpiTable = { metric: "won_count", currency: null, rows: [row("a", "王伟"), row("b", "王伟"), row("c", "李娜")], total: "3" };
  const people = ["a", "b", "c"].map((id) => ({ id, name: "", staff_number: `N${id}`, team: null, carries_goal: true }));
  expect(withStaffNumbers(table, people).rows.map(({ label }) => label)).toEqual(["王伟 Na", "王伟 Nb", "李娜"]);
});
