import { describe, expect, it } from "vitest";

import { balanced, FACTORS, isWhole, newDraft, ruleOf, shareOf, totalOf, type BlendDraft } from "./draft";
import { fieldOf } from "./fieldOf";

const of = (change: Partial<BlendDraft>, people: string[] = []) => ruleOf({ ...newDraft(true), ...change }, people);
const shares = (change: Partial<BlendDraft["shares"]>): BlendDraft["shares"] => ({ ...newDraft(true).shares, history: "0", equal: "0", ...change });

describe("shares", () => {
  it("are sent as exact fractions, also thirds", () => {
    expect(["60", "33.3", "1/3", "６０％", "0", ""].map(shareOf)).toEqual(["3/5", "333/1000", "1/3", "3/5", "0", "0"]);
    expect(["x", "-5", "1/0"].map(shareOf)).toEqual([null, null, null]);
    const { rule } = of({ shares: shares({ history: "1/3", equal: "1/3", pipeline: "1/3" }) });
    expect(rule?.factors).toEqual([
      { factor: "history", share: "1/3" },
      { factor: "equal", share: "1/3" },
      { factor: "pipeline", share: "1/3" },
    ]);
  });

  it("that do not total 100 % are no rule", () => {
    expect(of({ shares: shares({ history: "60" }) })).toEqual({ rule: null, wrong: { factors: "total" } });
    expect(of({ shares: shares({ history: "sixty" }) }).wrong).toEqual({ factors: "percent" });
  });

  // A property: whatever was typed, the balanced shares total exactly 100 % and the one that was set last stays.
  it("total 100 % once balanced, whatever they were", () => {
    let state = 7;
    const next = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below;
    for (let round = 0; round < 300; round += 1) {
      const typed = Object.fromEntries(FACTORS.map((factor) => [factor, String(next(3) === 0 ? 0 : next(1400) / 10)])) as BlendDraft["shares"];
      const keep = FACTORS[next(FACTORS.length)] ?? "equal";
      const after = balanced(typed, keep);
      expect(isWhole(totalOf(after)), JSON.stringify([typed, keep, after])).toBe(true);
      expect(Number(after[keep])).toBe(Math.min(100, Number(typed[keep])));
      for (const factor of FACTORS) expect(after[factor]).not.toMatch(/^-/);
    }
  });
});

describe("the rule", () => {
  it("has only what was asked for", () => {
    expect(of({}).rule).toEqual({
      factors: [{ factor: "history", share: "3/5" }, { factor: "equal", share: "2/5" }],
      years: 1,
      no_ramp: false,
      people: {},
      markets: [],
      segments: {},
      round: [],
      time: { by: "seasons" },
    });
  });

  it("takes limits, rounding, leave (half-open) and own weights of everybody", () => {
    const { rule, wrong } = of(
      {
        shares: shares({ history: "50", own: "50" }),
        damping: "70",
        cap: "130",
        floor: "90",
        over: "105",
        ramp: false,
        round: { department: "", team: "10000", person: "1000" },
        cellUnit: "10",
        people: { "p-1": { partTime: "50", leave: [{ from: "2026-03-01", last: "2026-03-31" }], cap: "", floor: "" } },
        weights: { "p-2": "2.5" },
        time: "own",
      },
      ["p-1", "p-2"],
    );
    expect(wrong).toEqual({});
    expect(rule).toMatchObject({
      damping: "7/10",
      cap: "13/10",
      floor: "9/10",
      over_assignment: "21/20",
      no_ramp: true,
      round: [{ level: "team", unit: "10000" }, { level: "person", unit: "1000" }],
      cell_unit: "10",
      people: { "p-1": { part_time: "1/2", leave: [["2026-03-01", "2026-04-01"]], weight: "1" }, "p-2": { leave: [], weight: "2.5" } },
      time: { by: "own", weights: Array.from({ length: 12 }, () => "1") },
    });
  });

  it.each([
    ["damping", { damping: "120" }, { damping: "part" }],
    ["over", { over: "90" }, { over: "over" }],
    ["part time", { people: { p: { partTime: "0", leave: [], cap: "", floor: "" } } }, { people: "part" }],
    ["a leave that ends before it begins", { people: { p: { partTime: "", leave: [{ from: "2026-03-02", last: "2026-03-01" }], cap: "", floor: "" } } }, { people: "leave" }],
    ["markets without a row", { shares: shares({ market: "100" }) }, { markets: "empty" }],
    ["months that are all zero", { time: "own" as const, months: Array.from({ length: 12 }, () => "0") }, { time: "months" }],
  ])("is refused beside the field: %s", (_, change, wrong) => {
    expect(of(change)).toEqual({ rule: null, wrong });
  });
});

it("a refusal of the program belongs to the field that it is about", () => {
  const field = (code: string, params: Record<string, string> = {}) => fieldOf({ code, params });
  expect(field("goal_caps_bind")).toBe("cap");
  expect(field("blend_total")).toBe("factors");
  expect(field("setting_range", { what: "over_assignment" })).toBe("over");
  expect(field("input", { field: "part_time" })).toBe("people");
  expect(field("store_failed")).toBeNull();
});
