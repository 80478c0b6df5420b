/** What the fake knows of the cycles of bonuses: steps, frozen runs, adjustments; and how steps fold to a state. */
import type { AdjustmentRow, BonusRun, CycleState } from "../generated";
import { signedIn } from "./accounts";
import { unitsBelow, type FakePerson, type World } from "./company";
import { refuse } from "./fake";

export interface FakeStep {
  period: string;
  kind: string;
  by: string;
  at: string;
  unit: string | null;
  person: string | null;
  on: string | null;
  reason: string | null;
}

export interface FakeFrozen {
  version: number;
  run: BonusRun;
  /** Minor units by person that were paid or adjusted so far. */
  settled: Map<string, bigint>;
  /** Minor units by deal as they were counted. */
  facts: Map<string, bigint>;
}

export type FakeAdjustment = Omit<AdjustmentRow, "may_decide" | "may_withdraw" | "name">;

export interface FakeBonusBook {
  steps: FakeStep[];
  /** By period. */
  frozen: Map<string, FakeFrozen>;
  adjustments: FakeAdjustment[];
}

export function noBook(): FakeBonusBook {
  return { steps: [], frozen: new Map(), adjustments: [] };
}

const AFTER: Readonly<Record<string, CycleState>> = {
  submit: "in_review",
  send_back: "open",
  approve_pay: "approved",
  pay: "paid",
  close: "closed",
  reopen: "open",
};

export function stepsOf(world: World, period: string): FakeStep[] {
  return world.bonusBook.steps.filter((step) => step.period === period);
}

export function stateOf(steps: readonly FakeStep[]): CycleState {
  return steps.reduce<CycleState>((state, { kind }) => AFTER[kind] ?? state, "open");
}

/** Steps since the run was handed in last; what was approved before counts no more. */
export function sinceSubmit(steps: readonly FakeStep[]): FakeStep[] {
  const last = steps.findLastIndex(({ kind }) => kind === "submit" || kind === "send_back" || kind === "reopen");
  return steps.slice(Math.max(last, 0));
}

/** The request to open again that nobody has answered. */
export function asked(steps: readonly FakeStep[]): FakeStep | null {
  const last = steps.findLast(({ kind }) => kind === "ask_reopen" || kind === "reopen" || kind === "refuse_reopen");
  return last?.kind === "ask_reopen" ? last : null;
}

/** A moment after all that is in the book. */
export function moment({ bonusBook: { steps, adjustments } }: World): string {
  return new Date(Date.parse("2026-11-24T02:30:00Z") + (steps.length + adjustments.length + 1) * 60_000).toISOString().replace(".000", "");
}

/** Whose pay of what was handed in waits. */
export function heldIn(steps: readonly FakeStep[]): FakeStep[] {
  return stateOf(steps) === "open" ? [] : sinceSubmit(steps).filter(({ kind }) => kind === "hold");
}

export function isSettled(steps: readonly FakeStep[]): boolean {
  return ["approved", "paid", "closed"].includes(stateOf(steps));
}

export function author(world: World): string {
  return signedIn(world)?.name ?? "local";
}

export function mayRun(world: World): boolean {
  return signedIn(world)?.rights.includes("run_bonus") ?? false;
}

/** Units whose numbers the person at the window approves: all for HR, those that a manager leads. */
export function ledBy(world: World): string[] {
  const me = signedIn(world);
  if (me?.role === "hr") return world.units.map(({ id }) => id);
  const name = me?.role === "manager" ? me.name : null;
  return world.units.filter(({ manager }) => manager === name).map(({ id }) => id);
}

/** Whose pay the person at the window sees. */
export function inSight(world: World): FakePerson[] {
  const me = signedIn(world);
  if (!me || me.rights.includes("see_all_pay")) return world.people;
  if (me.role !== "manager") return world.people.filter(({ id }) => id === me.person);
  const units = new Set(ledBy(world).flatMap((unit) => [...unitsBelow(world, unit)]));
  return world.people.filter(({ id, team }) => id === me.person || units.has(team));
}

/** A reason as it is kept; longer than that none is taken. */
export function written(reason: string | null | undefined): string {
  const text = reason?.trim() ?? "";
  if ([...text].length > 200) throw refuse("input", { field: "reason", value: text, expected: "at most 200 characters" });
  return text;
}
