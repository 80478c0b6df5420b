import { expect, test } from "vitest";

import { daysOf } from "../../../components/period";
import { askedOf, kpiPeriod, periodsOfYear } from "./useWhich";

test("every period of a year that a goal may be set for has its days", () => {
  expect(periodsOfYear(2026)).toHaveLength(19);
  expect(periodsOfYear(2026).every((key) => daysOf(key) !== null)).toBe(true);
  expect(daysOf("2026-H2")).toEqual({ from: "2026-07-01", to: "2027-01-01" });
  expect(daysOf("2026-W05"), "KPIs have no weeks").toBeNull();
});

test.each([
  ["2026-Q4", false, "2026-Q4"],
  ["2026-Q2", true, "2026-H1"],
  ["2026", true, "2026-H2"],
  ["2026-08", true, "2026-H2"],
  ["2026-W32", false, "2026-08"],
])("of %s (half: %s) the page shows %s", (scoped, half, key) => expect(kpiPeriod(scoped, half).key).toBe(key));

test("an id is a person where the organisation has one of it, else a unit; without one the program chooses", () => {
  const people = [{ id: "p-1", name: "A", staff_number: null, team: null, carries_goal: true }];
  const organisation = { units: [], people };
  expect([askedOf("p-1", organisation), askedOf("u-1", organisation), askedOf(null, organisation)]).toEqual([{ person: "p-1" }, { unit: "u-1" }, {}]);
});
