import { expect, test } from "vitest";
import type { Drill, GoalNode, GoalTree } from "../../backend/generated";
import { closure, columnsOf, goalRows, keysToDepth, visibleRows } from "./tree";

const node = (unit: string, parent: string | null, level: string, period: string, amount: string): GoalNode => ({
  unit,
  name: unit,
  parent_unit: parent,
  level,
  period,
  parent_period: period === "2018" ? null : "2018",
  amount,
  currency: "CNY",
});

const DRILL: Drill = {
  figure: "attainment",
  unit: null,
  directly: false,
  days: { from: "2018-01-01", to: "2019-01-01" },
  person: "anna",
  customer_types: [],
  cursor: null,
};

function tree(nodes: GoalNode[]): GoalTree {
  return {
    plan: null,
    draft: null,
    nodes,
    notes: [],
    actuals: [{ unit: "anna", actual: { amount: "150.00", currency: "CNY" }, attainment: "3/2", drill: DRILL }],
  };
}

const SOUND = [
  node("company", null, "company", "2018", "0.30"),
  node("company", null, "company", "2018-Q1", "0.10"),
  node("company", null, "company", "2018-Q2", "0.20"),
  node("team", "company", "team", "2018", "0.30"),
  node("team", "company", "team", "2018-Q1", "0.10"),
  node("team", "company", "team", "2018-Q2", "0.20"),
  node("anna", "team", "person", "2018", "0.40"),
  node("anna", "team", "person", "2018-Q1", "0.20"),
  node("anna", "team", "person", "2018-Q2", "0.20"),
  node("bo", "team", "person", "2018", "-0.10"),
  node("bo", "team", "person", "2018-Q1", "-0.10"),
  node("bo", "team", "person", "2018-Q2", "0.00"),
];

test("a sound decomposition closes at every whole, also with cents and negative parts", () => {
  // Company and team: three periods each against their children; four rows: the year against its quarters.
  expect(closure(tree(SOUND))).toEqual({ checked: 2 * 3 + 4, gaps: [] });
});

test("a cent that is missing is found, with where", () => {
  const broken = SOUND.map((one) => (one.unit === "bo" && one.period === "2018-Q1" ? { ...one, amount: "-0.09" } : one));
  expect(closure(tree(broken)).gaps).toEqual([
    { key: "team", name: "team", period: "2018-Q1", whole: "0.10", parts: "0.11" },
    { key: "team/bo", name: "bo", period: "2018", whole: "-0.10", parts: "-0.09" },
  ]);
});

test("rows nest by unit, carry what was reached, and open level by level", () => {
  const rows = goalRows(tree(SOUND));
  const all = visibleRows(rows, new Set(["company", "team"]));
  expect(all.map((row) => `${row.depth} ${row.name}`)).toEqual(["0 company", "1 team", "2 anna", "2 bo"]);
  expect(all[2]?.actual?.attainment).toBe("3/2");
  expect(visibleRows(rows, new Set(["company"])).map((row) => row.name)).toEqual(["company", "team"]);
  expect(keysToDepth(rows, 1)).toEqual(["company"]);
});

test("a person who moved stands under both teams with separate amounts", () => {
  const moved = [
    ...SOUND,
    node("team2", "company", "team", "2018", "0.00"),
    node("anna", "team2", "person", "2018", "5.00"),
  ];
  const rows = visibleRows(goalRows(tree(moved)), new Set(["company", "team", "team2"]));
  expect(rows.filter((row) => row.unit === "anna").map((row) => row.amounts.get("2018"))).toEqual(["0.40", "5.00"]);
});

test("months stand behind their quarter", () => {
  const year = ["2018", "2018-H1", "2018-Q1", "2018-01", "2018-02", "2018-03", "2018-Q2", "2018-04", "2018-H2", "2018-Q3", "2018-07", "2018-Q4", "2018-10"];
  expect(columnsOf(year, new Set(["2018-Q2", "2018-Q4"]))).toEqual(["2018-Q1", "2018-Q2", "2018-04", "2018-Q3", "2018-Q4", "2018-10"]);
  const fiscal = ["FY2018@04", "FY2018-H1@04", "FY2018-Q1@04", "FY2018-P01@04", "FY2018-Q2@04", "FY2018-P04@04"];
  expect(columnsOf(fiscal, new Set(["FY2018-Q1@04"]))).toEqual(["FY2018-Q1@04", "FY2018-P01@04", "FY2018-Q2@04"]);
});
