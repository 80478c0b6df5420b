/** The cycle of the fake: from the steps to what can be done next, by whom. */
import type { BonusCycle, BonusRun, CycleAction, CycleSummary, HeldPerson, Message, StepBonusCycle } from "../generated";
import { signedIn } from "./accounts";
import { asked, author, heldIn, inSight, isSettled, mayRun, moment, sinceSubmit, stateOf, stepsOf, written, type FakeStep } from "./bonusBook";
import { planOf } from "./bonusPlan";
import { allPlans, ofPlan } from "./bonusPlans";
import { differing } from "./bonusRestate";
import { anomaliesOf, teamsOf } from "./bonusReview";
import { frozenRun, keptRun } from "./bonusRuns";
import { daysIn, minorOf } from "./bonusStatement";
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

/** Why the newest run cannot be handed in, whoever wants to. */
function notReady(world: World, period: string, run: BonusRun | null): Message | null {
  const end = daysIn(period).to;
  if (end > world.today) return say("bonus_period_running", { period, end });
  if (!run) return say("bonus_no_run", { period });
  const waiting = world.bonusBook.adjustments.filter((one) => one.period === period && one.plan === planOf(world).code && one.state === "waiting").length;
  return waiting > 0 ? say("bonus_adjustments_wait", { period, count: String(waiting) }) : null;
}

/** Why it takes somebody else; null where it does not. */
function notMe(world: World, first: string | undefined): Message | null {
  if (world.accounts.all.length === 0) return say("bonus_needs_accounts");
  return first === author(world) ? say("bonus_second_person", { name: first }) : null;
}

function can(world: World, period: string, run: BonusRun | null, steps: readonly FakeStep[]): CycleAction[] {
  const state = stateOf(steps);
  const hr = approvedHr(steps);
  const request = asked(steps);
  const reviewing = state === "in_review" && !hr;
  const many = notMe(world, undefined) === null;
  const mine = reviewing && many && teamsOf(world, run, steps, true).some((team) => team.may_approve);
  const runs = mayRun(world);
  const may: [CycleAction, boolean][] = [
    ["submit", runs && state === "open" && notReady(world, period, run) === null],
    ["approve_team", mine],
    ["approve_hr", runs && reviewing && many],
    ["approve_pay", runs && state === "in_review" && hr !== undefined && notMe(world, hr.by) === null],
    ["send_back", runs && state === "in_review"],
    ["pay", runs && state === "approved" && !request],
    ["close", runs && state === "paid" && !request],
    ["ask_reopen", runs && isSettled(steps) && !request && many],
    ["reopen", runs && request !== null && notMe(world, request.by) === null],
    ["refuse_reopen", runs && request !== null],
  ];
  return may.filter(([, allowed]) => allowed).map(([action]) => action);
}

function awaited(world: World, run: BonusRun | null, steps: readonly FakeStep[]): Message[] {
  const state = stateOf(steps);
  const request = asked(steps);
  if (request) return [say("bonus_waits_reopen", { name: request.by })];
  if (state === "approved") return [say("bonus_waits_payment")];
  if (state !== "in_review") return [];
  const hr = approvedHr(steps);
  if (hr) return [say("bonus_waits_pay", { name: hr.by })];
  const missing = teamsOf(world, run, steps, true).filter(({ approved_by }) => approved_by === null);
  return [...(missing.length > 0 ? [say("bonus_waits_teams", { names: missing.map(({ name }) => name).join(", ") })] : []), say("bonus_waits_hr")];
}

/** What keeps whoever runs bonuses from going on. */
function inTheWay(world: World, period: string, run: BonusRun | null, steps: readonly FakeStep[]): Message[] {
  if (!mayRun(world)) return [];
  const state = stateOf(steps);
  const request = asked(steps);
  if (state === "in_review") return [notMe(world, approvedHr(steps)?.by)].filter((one) => one !== null);
  if (request) return [notMe(world, request.by)].filter((one) => one !== null);
  if (state !== "open") return [];
  const blocked = run?.statements.filter((one) => one.blocked) ?? [];
  const names = blocked.map(({ name }) => name).join(", ");
  return [notReady(world, period, run), blocked.length > 0 ? say("bonus_blocked_people", { count: String(blocked.length), names }) : null].filter((one) => one !== null);
}

function heldOf(world: World, steps: readonly FakeStep[]): HeldPerson[] {
  const seen = inSight(world);
  return heldIn(steps).flatMap(({ person, reason }) => {
    const found = seen.find(({ id }) => id === person);
    return found ? [{ person: found.id, name: found.name, reason }] : [];
  });
}

function driftOf(world: World, period: string, steps: readonly FakeStep[]) {
  const frozen = world.bonusBook.frozen.get(period);
  if (!frozen || !mayRun(world) || !isSettled(steps)) return null;
  const people = differing(world, period, frozen);
  return people.length > 0 ? money(people.reduce((sum, one) => sum + minorOf(one.difference.amount), 0n)) : null;
}

/** What is paid of a run to people in sight. */
function totalOf(run: BonusRun | null, held: readonly HeldPerson[]) {
  if (!run || run.statements.length === 0) return null;
  const waiting = new Set(held.map(({ person }) => person));
  return money(run.statements.reduce((sum, one) => (waiting.has(one.person) ? sum : sum + minorOf(one.payout.amount)), 0n));
}

function named(world: World, step: FakeStep) {
  const name = world.units.find(({ id }) => id === step.unit)?.name ?? world.people.find(({ id }) => id === step.person)?.name ?? null;
  return { kind: step.kind, by: step.by, at: step.at, name, on: step.on, reason: step.reason };
}

export function cycleOf(world: World, period: string): BonusCycle {
  const steps = stepsOf(world, period);
  const run = runOfCycle(world, period);
  const held = heldOf(world, steps);
  const may = can(world, period, run, steps);
  return {
    period,
    plan: planOf(world).code,
    state: stateOf(steps),
    run: run?.id ?? null,
    stamp: `${steps.length}-${run?.id ?? ""}`,
    version: world.bonusBook.frozen.get(period)?.version ?? 0,
    total: totalOf(run, held),
    can: may,
    waits_for: [...awaited(world, run, steps), ...inTheWay(world, period, run, steps)],
    // A salesperson sees no sums of teams.
    teams: signedIn(world)?.role === "sales" ? [] : teamsOf(world, run, steps, may.includes("approve_team")),
    steps: steps.map((step) => named(world, step)),
    anomalies: run ? anomaliesOf(world, run) : [],
    held,
    notes: [],
    drift: driftOf(world, period, steps),
  };
}

/** What each step needs, refused as the program would. */
function check(world: World, cycle: BonusCycle, { action, expected, unit, hold = [], reason }: StepBonusCycle): void {
  const { period, state } = cycle;
  if (expected !== cycle.stamp) throw refuse("bonus_changed_meanwhile", { period });
  if (!cycle.can.includes(action)) {
    const second = action === "approve_pay" || action === "reopen" ? cycle.waits_for.find(({ code }) => code === "bonus_second_person") : undefined;
    throw second ? refuse(second.code, second.params) : refuse("bonus_not_now", { period, state, action });
  }
  const said = Boolean(written(reason));
  if (["send_back", "ask_reopen", "refuse_reopen"].includes(action) && !said) throw refuse("bonus_reason_needed", { action });
  if (action === "submit") checkHeld(world, cycle, hold, said);
  const missing = cycle.teams.filter(({ approved_by }) => approved_by === null).map(({ name }) => name);
  if (action === "approve_hr" && missing.length > 0 && !said) throw refuse("bonus_teams_missing", { names: missing.join(", ") });
  if (action === "approve_team" && signedIn(world)?.role === "hr" && !said) throw refuse("bonus_reason_needed", { action });
  if (action === "approve_team" && !cycle.teams.some((team) => team.may_approve && team.unit === unit)) throw refuse("forbidden", {});
}

/** Blocked people are held, others only with a reason. */
function checkHeld(world: World, { period, anomalies }: BonusCycle, hold: readonly string[], said: boolean): void {
  const blocked = anomalies.filter(({ kind }) => kind === "blocked");
  const open = blocked.filter(({ person }) => !hold.includes(person)).map(({ name }) => name);
  if (open.length > 0) throw refuse("bonus_blocked_people", { count: String(open.length), names: open.join(", ") });
  const whole = hold.filter((person) => !blocked.some((one) => one.person === person));
  const nobody = whole.find((person) => !keptRun(world, period, true)?.statements.some((one) => one.person === person));
  if (nobody !== undefined) throw refuse("bonus_hold_of_nobody", { name: nobody });
  if (whole.length > 0 && !said) throw refuse("bonus_reason_needed", { action: "submit" });
}

function freeze(world: World, period: string, hold: readonly string[]): void {
  const run = keptRun(world, period, true);
  if (!run) throw refuse("bonus_no_run", { period });
  const { frozen } = world.bonusBook;
  const before = frozen.get(period);
  // What was paid once stays settled.
  const paid = stepsOf(world, period).some(({ kind }) => kind === "pay") ? before : undefined;
  frozen.set(period, {
    version: (before?.version ?? 0) + 1,
    run,
    settled: paid?.settled ?? new Map(run.statements.map((one) => [one.person, hold.includes(one.person) ? 0n : minorOf(one.payout.amount)])),
    facts: paid?.facts ?? new Map(world.deals.map((deal) => [deal.id, deal.minor ?? 0n])),
  });
}

function make(args: StepBonusCycle, { world: all, changed }: Context): BonusCycle {
  const world = ofPlan(all, args.plan);
  const { period, action, unit = null, hold = [] } = args;
  check(world, cycleOf(world, period), args);
  const by = author(world);
  const on = action === "pay" ? (args.on ?? world.today) : null;
  const reason = args.reason?.trim() || null;
  if (action === "submit") freeze(world, period, hold);
  const made = (kind: string, person: string | null) => world.bonusBook.steps.push({ period, kind, by, at: moment(world), unit, person, on, reason });
  made(action, null);
  for (const person of hold) made("hold", person);
  changed("bonus");
  return cycleOf(world, period);
}

function cycles(world: World): CycleSummary[] {
  const periods = new Set([...world.bonusRuns.map(({ period }) => period), ...world.bonusBook.steps.map(({ period }) => period)]);
  return [...periods].toSorted().toReversed().map((period) => {
    const { plan, state, total, can: may } = cycleOf(world, period);
    const awaits = state === "in_review" || state === "approved" || may.includes("reopen");
    return { period, plan, state, total, waits_for: awaited(world, null, stepsOf(world, period)), can: awaits ? may : [] };
  });
}

export const bonusCycleHandlers = {
  get_bonus_cycle: ({ period, plan }, { world }) => cycleOf(ofPlan(world, plan), period),
  step_bonus_cycle: make,
  list_bonus_cycles: (_, { world }) => allPlans(world).toReversed().flatMap(cycles).toSorted((a, b) => (a.period < b.period ? 1 : a.period > b.period ? -1 : 0)),
} satisfies Partial<Handlers>;
