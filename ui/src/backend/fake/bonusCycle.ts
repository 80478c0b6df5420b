/** The cycle of the fake: from the steps to what can be done next, by whom. */
import type { BonusCycle, BonusRun, CycleAction, CycleSummary, HeldPerson, Message, StepBonusCycle } from "../generated";
import { asked, author, inSight, mayRun, moment, sinceSubmit, stateOf, stepsOf, type FakeStep } from "./bonusBook";
import { frozenRun, liveRun, keptRun } from "./bonusRuns";
import { anomaliesOf, teamsOf } from "./bonusReview";
import { minorOf } from "./bonusStatement";
import { planOf } from "./bonusPlan";
import { money, type World } from "./company";
import { refuse, type Context, type Handlers } from "./fake";

const say = (code: string, params: Record<string, string> = {}): Message => ({ code, params });

function runOfCycle(world: World, period: string): BonusRun | null {
  return frozenRun(world, period) ?? keptRun(world, period, true);
}

/** Who approved last on the way to pay: the second person is somebody else. */
function approvedHr(steps: readonly FakeStep[]): FakeStep | undefined {
  return sinceSubmit(steps).find(({ kind }) => kind === "approve_hr");
}

function can(world: World, run: BonusRun | null, steps: readonly FakeStep[]): CycleAction[] {
  const state = stateOf(steps);
  const me = author(world);
  const request = asked(steps);
  const mine = state === "in_review" && teamsOf(world, run, steps, true).some((team) => team.may_approve);
  const teams: CycleAction[] = mine ? ["approve_team"] : [];
  if (!mayRun(world)) return teams;
  const hr = approvedHr(steps);
  if (state === "open") return run ? ["submit"] : [];
  if (state === "in_review") return [...teams, ...(hr ? [] : (["approve_hr"] as const)), ...(hr && hr.by !== me ? (["approve_pay"] as const) : []), "send_back"];
  if (state === "approved") return ["pay", "send_back"];
  const onward: CycleAction[] = state === "paid" ? ["close"] : [];
  if (request) return request.by === me ? onward : [...onward, "reopen", "refuse_reopen"];
  return [...onward, "ask_reopen"];
}

function waitsFor(world: World, run: BonusRun | null, steps: readonly FakeStep[]): Message[] {
  const state = stateOf(steps);
  const request = asked(steps);
  if (state === "open") return run ? [say("cycle_waits_submit")] : [say("cycle_waits_run")];
  if (state === "in_review") {
    const hr = approvedHr(steps);
    const missing = teamsOf(world, run, steps, true).filter(({ approved_by }) => approved_by === null);
    if (hr) return [say(hr.by === author(world) ? "cycle_second_person" : "cycle_waits_pay", { name: hr.by })];
    return [...(missing.length > 0 ? [say("cycle_waits_teams", { names: missing.map(({ name }) => name).join(", ") })] : []), say("cycle_waits_hr")];
  }
  if (request) return [say(request.by === author(world) ? "cycle_second_person" : "cycle_waits_reopen", { name: request.by })];
  return state === "approved" ? [say("cycle_waits_payment")] : state === "paid" ? [say("cycle_waits_close")] : [];
}

function heldOf(world: World, steps: readonly FakeStep[]): HeldPerson[] {
  const seen = inSight(world);
  return sinceSubmit(steps).flatMap(({ kind, person, reason }) => {
    const found = kind === "hold" && seen.find(({ id }) => id === person);
    return found ? [{ person: found.id, name: found.name, reason }] : [];
  });
}

function driftOf(world: World, period: string, steps: readonly FakeStep[]) {
  const frozen = world.bonusBook.frozen.get(period);
  if (!frozen || !mayRun(world) || stateOf(steps) === "open" || stateOf(steps) === "in_review") return null;
  const now = liveRun(world, period, null, "").statements;
  const changed = now.some((one) => minorOf(one.payout.amount) !== (frozen.settled.get(one.person) ?? 0n));
  const sum = now.reduce((total, one) => total + minorOf(one.payout.amount) - (frozen.settled.get(one.person) ?? 0n), 0n);
  return changed ? money(sum) : null;
}

function named(world: World, step: FakeStep) {
  const name = world.units.find(({ id }) => id === step.unit)?.name ?? world.people.find(({ id }) => id === step.person)?.name ?? null;
  return { kind: step.kind, by: step.by, at: step.at, name, on: step.on, reason: step.reason };
}

export function cycleOf(world: World, period: string): BonusCycle {
  const steps = stepsOf(world, period);
  const run = runOfCycle(world, period);
  const state = stateOf(steps);
  return {
    period,
    plan: planOf(world).code,
    state,
    run: run?.id ?? null,
    stamp: `${steps.length}-${run?.id ?? ""}`,
    version: world.bonusBook.frozen.get(period)?.version ?? 0,
    total: run?.total ?? null,
    can: can(world, run, steps),
    waits_for: waitsFor(world, run, steps),
    teams: teamsOf(world, run, steps, state === "in_review"),
    steps: steps.map((step) => named(world, step)),
    anomalies: run ? anomaliesOf(world, run) : [],
    held: heldOf(world, steps),
    drift: driftOf(world, period, steps),
  };
}

/** What each step needs, refused as the program would. */
function check(cycle: BonusCycle, args: StepBonusCycle): void {
  if (args.expected !== cycle.stamp) throw refuse("bonus_cycle_changed");
  if (!cycle.can.includes(args.action)) {
    const second = args.action === "approve_pay" || args.action === "reopen";
    throw refuse(second ? "second_person_needed" : "bonus_step_refused", { step: args.action });
  }
  const blocked = cycle.anomalies.filter(({ kind, person }) => kind === "blocked" && !args.hold.includes(person));
  if (args.action === "submit" && blocked.length > 0) throw refuse("bonus_people_blocked", { names: blocked.map(({ name }) => name).join(", ") });
  const missing = cycle.teams.some(({ approved_by }) => approved_by === null);
  const reasoned = ["send_back", "ask_reopen", "refuse_reopen"].includes(args.action) || (args.action === "approve_hr" && missing);
  if (reasoned && !args.reason?.trim()) throw refuse("input", { field: "reason", value: "", expected: "a reason" });
  if (args.action === "approve_team" && !cycle.teams.some(({ unit, may_approve }) => may_approve && unit === args.unit)) throw refuse("bonus_step_refused", { step: args.action });
  if (args.action === "pay" && !args.on) throw refuse("input", { field: "on", value: "", expected: "a day" });
}

function freeze(world: World, period: string): void {
  const run = keptRun(world, period, true);
  if (!run) throw refuse("not_found", { what: "bonus_run", value: period });
  const { frozen } = world.bonusBook;
  frozen.set(period, {
    version: (frozen.get(period)?.version ?? 0) + 1,
    run,
    settled: new Map(run.statements.map((one) => [one.person, minorOf(one.payout.amount)])),
    facts: new Map(world.deals.map((deal) => [deal.id, deal.minor ?? 0n])),
  });
}

function make(args: StepBonusCycle, { world, changed }: Context): BonusCycle {
  const { period, action } = args;
  check(cycleOf(world, period), args);
  const by = author(world);
  const made = (kind: string, about: Partial<FakeStep> = {}) =>
    world.bonusBook.steps.push({ period, kind, by, at: moment(world), unit: null, person: null, on: null, reason: null, ...about });
  if (action === "submit") freeze(world, period);
  made(action, { unit: args.unit, on: args.on, reason: args.reason });
  for (const person of args.hold) made("hold", { person });
  changed("bonus");
  return cycleOf(world, period);
}

function cycles(world: World): CycleSummary[] {
  const periods = new Set([...world.bonusRuns.map(({ period }) => period), ...world.bonusBook.steps.map(({ period }) => period)]);
  return [...periods].toSorted().toReversed().map((period) => {
    const { plan, state, total, waits_for } = cycleOf(world, period);
    return { period, plan, state, total, waits_for };
  });
}

export const bonusCycleHandlers = {
  get_bonus_cycle: ({ period }, { world }) => cycleOf(world, period),
  step_bonus_cycle: make,
  list_bonus_cycles: (_, { world }) => cycles(world),
} satisfies Partial<Handlers>;
