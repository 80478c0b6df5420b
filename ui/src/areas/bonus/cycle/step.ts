/** What a step of the cycle needs before it can be made, and what is still missing. */
import type { BonusCycle, CycleAction, StepBonusCycle } from "../../../backend/generated";

/** Onward first: the first that can be made is what the page offers as its next step. */
export const ONWARD: readonly CycleAction[] = ["submit", "approve_hr", "approve_pay", "approve_team", "pay", "close", "reopen"];
/** Back, or a question. */
export const ASIDE: readonly CycleAction[] = ["send_back", "ask_reopen", "refuse_reopen"];

export function nextAction({ can }: Pick<BonusCycle, "can">): CycleAction | null {
  return ONWARD.find((action) => can.includes(action)) ?? null;
}

export interface Draft {
  unit: string | null;
  /** Blocked people, and others. */
  hold: readonly string[];
  on: string | null;
  reason: string;
  /** Who signs for a team does not lead it. */
  inPlace?: boolean;
}

type Missing = "holdNeeded" | "reasonNeeded" | "onNeeded";

export function blockedIn({ anomalies }: Pick<BonusCycle, "anomalies">): { person: string; name: string }[] {
  return anomalies.filter(({ kind }) => kind === "blocked");
}

/** Names of teams that nobody has approved. */
export function openTeams({ teams }: Pick<BonusCycle, "teams">): string[] {
  return teams.filter(({ approved_by }) => approved_by === null).map(({ name }) => name);
}

export function needsReason(action: CycleAction, cycle: BonusCycle, { inPlace = false }: Pick<Draft, "inPlace">): boolean {
  if (action === "approve_team") return inPlace;
  return ASIDE.includes(action) || (action === "approve_hr" && openTeams(cycle).length > 0);
}

/** Somebody whose statement is whole is held back for a reason that the program does not know. */
function holdsOthers(cycle: BonusCycle, hold: readonly string[]): boolean {
  const blocked = new Set(blockedIn(cycle).map(({ person }) => person));
  return hold.some((person) => !blocked.has(person));
}

/** Whether there is a field for a reason. */
export function takesReason(action: CycleAction, cycle: BonusCycle, draft: Draft): boolean {
  return needsReason(action, cycle, draft) || (action === "submit" && draft.hold.length > 0);
}

export function missingIn(action: CycleAction, cycle: BonusCycle, draft: Draft): Missing | null {
  const { hold, on, reason } = draft;
  if (action === "submit" && blockedIn(cycle).some(({ person }) => !hold.includes(person))) return "holdNeeded";
  const needed = needsReason(action, cycle, draft) || (action === "submit" && holdsOthers(cycle, hold));
  if (needed && reason.trim() === "") return "reasonNeeded";
  return action === "pay" && on === null ? "onNeeded" : null;
}

/** Only what the step takes. */
export function argsOf(action: CycleAction, cycle: BonusCycle, draft: Draft): StepBonusCycle {
  const { unit, hold, on } = draft;
  const reason = takesReason(action, cycle, draft) ? draft.reason.trim() : "";
  return {
    period: cycle.period,
    plan: cycle.plan,
    action,
    expected: cycle.stamp,
    ...(action === "approve_team" && unit !== null && { unit }),
    ...(action === "submit" && hold.length > 0 && { hold: [...hold] }),
    ...(action === "pay" && on !== null && { on }),
    ...(reason !== "" && { reason }),
  };
}
