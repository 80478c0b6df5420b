/** What a step of the cycle needs before it can be made, and what is still missing. */
import type { BonusCycle, CycleAction, StepBonusCycle } from "../../../backend/generated";

/** Onward first: the first that can be made is what the page offers as its next step. */
export const ONWARD: readonly CycleAction[] = ["submit", "approve_team", "approve_hr", "approve_pay", "pay", "close", "reopen"];
/** Back, or a question. */
export const ASIDE: readonly CycleAction[] = ["send_back", "ask_reopen", "refuse_reopen"];

export function nextAction({ can }: Pick<BonusCycle, "can">): CycleAction | null {
  return ONWARD.find((action) => can.includes(action)) ?? null;
}

export interface Draft {
  unit: string | null;
  hold: readonly string[];
  on: string | null;
  reason: string;
}

type Missing = "holdNeeded" | "reasonNeeded" | "onNeeded";

export function blockedIn({ anomalies }: Pick<BonusCycle, "anomalies">): { person: string; name: string }[] {
  return anomalies.filter(({ kind }) => kind === "blocked");
}

/** Names of teams that nobody has approved. */
export function openTeams({ teams }: Pick<BonusCycle, "teams">): string[] {
  return teams.filter(({ approved_by }) => approved_by === null).map(({ name }) => name);
}

export function needsReason(action: CycleAction, cycle: BonusCycle): boolean {
  return ASIDE.includes(action) || (action === "approve_hr" && openTeams(cycle).length > 0);
}

export function missingIn(action: CycleAction, cycle: BonusCycle, { hold, on, reason }: Draft): Missing | null {
  if (action === "submit" && blockedIn(cycle).some(({ person }) => !hold.includes(person))) return "holdNeeded";
  if (needsReason(action, cycle) && reason.trim() === "") return "reasonNeeded";
  return action === "pay" && on === null ? "onNeeded" : null;
}

/** Only what the step takes. */
export function argsOf(action: CycleAction, cycle: BonusCycle, { unit, hold, on, reason }: Draft): StepBonusCycle {
  return {
    period: cycle.period,
    plan: cycle.plan,
    action,
    expected: cycle.stamp,
    unit: action === "approve_team" ? unit : null,
    hold: action === "submit" ? [...hold] : [],
    on: action === "pay" ? on : null,
    reason: needsReason(action, cycle) ? reason.trim() : null,
  };
}
