/** What a step needs, and which statements are flagged. */
import { describe, expect, it } from "vitest";

import type { Anomaly, BonusCycle, TeamApproval } from "../../../backend/generated";
import { flagsOf } from "./flags";
import { argsOf, missingIn, nextAction, takesReason, type Draft } from "./step";

const yuan = (amount: string) => ({ amount, currency: "CNY" });
const anomaly = (person: string, kind: string): Anomaly => ({ person, name: person, kind, message: { code: `anomaly_${kind}`, params: {} }, payout: yuan("1.00"), before: null });
const team = (name: string, by: string | null): TeamApproval => ({ unit: name, name, people: 1, total: yuan("1.00"), approved_by: by, at: null, may_approve: by === null, in_place: false });
const cycle = (change: Partial<BonusCycle> = {}): BonusCycle => ({ period: "2026-Q3", plan: "p", state: "open", run: "r", stamp: "s1", version: 0, total: null, can: [], waits_for: [], notes: [], teams: [], steps: [], anomalies: [], held: [], drift: null, ...change });
const draft = (change: Partial<Draft> = {}): Draft => ({ unit: null, hold: [], on: null, reason: "", ...change });

describe("a step", () => {
  it("is the next where it leads onward; HR's own comes before a team's", () => {
    expect(nextAction({ can: ["send_back", "approve_team", "approve_hr"] })).toBe("approve_hr");
    expect(nextAction({ can: ["approve_team"] })).toBe("approve_team");
    expect(nextAction({ can: ["ask_reopen", "close"] })).toBe("close");
    expect(nextAction({ can: ["send_back"] }), "back is no next").toBeNull();
  });

  it("hands in with every blocked person held, and others only with a reason", () => {
    const blocked = cycle({ anomalies: [anomaly("a", "blocked"), anomaly("b", "zero")] });
    expect(missingIn("submit", blocked, draft())).toBe("holdNeeded");
    expect(missingIn("submit", blocked, draft({ hold: ["a"] }))).toBeNull();
    expect(missingIn("submit", blocked, draft({ hold: ["a", "b"] }))).toBe("reasonNeeded");
    expect(missingIn("submit", blocked, draft({ hold: ["a", "b"], reason: "离职" }))).toBeNull();
    expect(takesReason("submit", blocked, draft())).toBe(false);
  });

  it("goes over teams that are missing with a reason that is more than blanks", () => {
    const open = cycle({ teams: [team("A", "x"), team("B", null)] });
    expect(missingIn("approve_hr", open, draft({ reason: "  " }))).toBe("reasonNeeded");
    expect(missingIn("approve_hr", open, draft({ reason: "休假" }))).toBeNull();
    expect(missingIn("approve_hr", cycle({ teams: [team("A", "x")] }), draft())).toBeNull();
    expect(missingIn("approve_team", cycle(), draft({ inPlace: true })), "signed by somebody who does not lead it").toBe("reasonNeeded");
    expect(missingIn("approve_team", cycle(), draft())).toBeNull();
    expect(missingIn("pay", cycle(), draft())).toBe("onNeeded");
    expect(["send_back", "ask_reopen", "refuse_reopen"].map((action) => missingIn(action as "send_back", cycle(), draft()))).toEqual(Array(3).fill("reasonNeeded"));
  });

  it("sends the stamp that was seen, and only what the step takes", () => {
    const full = draft({ unit: "u", hold: ["a"], on: "2026-11-25", reason: " 更正 " });
    expect(argsOf("approve_pay", cycle(), full)).toEqual({ period: "2026-Q3", plan: "p", action: "approve_pay", expected: "s1" });
    expect(argsOf("approve_team", cycle(), full)).toEqual({ period: "2026-Q3", plan: "p", action: "approve_team", expected: "s1", unit: "u" });
    expect(argsOf("pay", cycle(), full)).toMatchObject({ on: "2026-11-25" });
    expect(argsOf("submit", cycle(), full)).toMatchObject({ hold: ["a"], reason: "更正" });
    expect(argsOf("send_back", cycle(), full)).toMatchObject({ reason: "更正" });
  });
});

describe("flags", () => {
  const flags = flagsOf([anomaly("a", "zero"), anomaly("a", "changed"), anomaly("b", "blocked"), anomaly("c", "news")], [{ person: "b", name: "b", reason: null }]);

  it("count people by kind, what matters most first, a kind of a later version last", () => {
    expect(flags.kinds).toEqual([
      { kind: "blocked", people: 1 },
      { kind: "changed", people: 1 },
      { kind: "zero", people: 1 },
      { kind: "news", people: 1 },
      { kind: "held", people: 1 },
    ]);
  });

  it("tell of each statement what it has, and whether a filter shows it", () => {
    expect(flags.of("a").map(({ kind }) => kind)).toEqual(["changed", "zero"]);
    expect(flags.isHeld("b")).toBe(true);
    expect(["a", "b", "d"].map((person) => flags.under(person, "zero"))).toEqual([true, false, false]);
    expect(["a", "b"].map((person) => flags.under(person, "held"))).toEqual([false, true]);
    expect(flags.under("d", null)).toBe(true);
  });
});
