import { expect, test } from "vitest";
import type { LeaderboardRow, Series } from "../../backend/generated";
import { drillOf } from "./chartDrill";

const scope = { unit: "u1", period: "2017-Q2" };
const series = (key: string): Series[] => [{ key, label: key, role: "actual", values: [] }];
const dashboard = { leaderboard: [{ person: "p1" } as LeaderboardRow] };

test("a bar opens its week, a slice its type (also the nameless one), a row its team or person", () => {
  expect(drillOf({ id: "weekly_sales", series: series("won_amount") }, "2017-W14", scope, dashboard)).toEqual({
    figure: "won_amount",
    scope,
    part: "2017-W14",
  });
  const types = { id: "customer_types", series: series("won_amount") };
  expect(drillOf(types, "", scope, dashboard)).toEqual({ figure: "won_amount", scope, customer_type: "" });
  expect(drillOf(types, "other", scope, dashboard)).toBeNull();
  const teams = { id: "team_attainment", series: series("attainment") };
  expect(drillOf(teams, "t9", scope, dashboard)).toEqual({ figure: "attainment", scope: { unit: "t9", period: "2017-Q2" } });
  expect(drillOf(teams, "p1", scope, dashboard)).toEqual({ figure: "attainment", scope, person: "p1" });
});
