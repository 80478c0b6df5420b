/** Plans by person and date, and objectives, of the fake. The rule is the program's: the most specific assignment holds. */
import { totalOf } from "../../areas/bonus/objectives/weights";
import type { ObjectiveRow, PersonPlan, PlanAssignmentRow, PlanChange, PlanInfo } from "../generated";
import { isSettled, stepsOf } from "./bonusBook";
import { planOf, versionsOf } from "./bonusPlan";
import { money, type FakePerson, type World } from "./company";
import { refuse, type Context, type Handlers } from "./fake";
import { note, said } from "./history";

export interface FakeBonusPeople {
  assignments: PlanAssignmentRow[];
  objectives: (ObjectiveRow & { person: string; period: string })[];
  /** Periods whose bonuses are approved. */
  approved: string[];
  next: number;
}

export function nobodyAssigned(): FakeBonusPeople {
  return { assignments: [], objectives: [], approved: [], next: 1 };
}

function isApproved(world: World, period: string): boolean {
  return world.bonusPeople.approved.includes(period) || isSettled(stepsOf(world, period));
}

const FIRST = "0001-01-01";
const LAST = "9999-12-31";

function pathOf(world: World, unit: string): string[] {
  const path: string[] = [];
  for (let at: string | null = unit; at !== null; ) {
    const id: string = at;
    path.push(id);
    at = world.units.find((one) => one.id === id)?.parent ?? null;
  }
  return path;
}

function onDay(rows: readonly PlanAssignmentRow[], day: string): PlanAssignmentRow | undefined {
  return rows.filter(({ from, to }) => (from ?? FIRST) <= day && day < (to ?? LAST)).toSorted((a, b) => ((a.from ?? "") < (b.from ?? "") ? 1 : -1))[0];
}

function plansOf(world: World, rows: readonly PlanAssignmentRow[], person: FakePerson, from: string, to: string): PersonPlan[] {
  const own = rows.filter((row) => row.person === person.id);
  const units = pathOf(world, person.team).map((unit) => rows.filter((row) => row.unit === unit));
  const all = rows.filter((row) => row.person === null && row.unit === null);
  const days = [...own, ...units.flat(), ...all].flatMap((row) => [row.from ?? FIRST, row.to ?? LAST]);
  const cuts = [...new Set([from, ...days.filter((day) => from < day && day < to)])].toSorted();
  const plans: PersonPlan[] = [];
  for (const [at, start] of cuts.entries()) {
    const found = [own, ...units, all].map((some) => onDay(some, start)).find((row) => row !== undefined);
    const last = plans.at(-1);
    const end = cuts[at + 1] ?? to;
    if (last && last.assignment === (found?.id ?? null)) last.to = end;
    else {
      plans.push({
        plan: found?.plan ?? planOf(world).code,
        from: start,
        to: end,
        target_bonus: found?.target_bonus ?? null,
        by: found?.person ? "person" : found?.unit ? "unit" : "everybody",
        assignment: found?.id ?? null,
      });
    }
  }
  return plans;
}

function effect(world: World, after: readonly PlanAssignmentRow[]): PlanChange {
  const shown = (plans: readonly PersonPlan[], day: string) => {
    const plan = plans.find(({ from, to }) => from <= day && day < to);
    return `${plan?.plan} ${plan?.target_bonus?.amount ?? ""}`;
  };
  const changed = world.people.flatMap((person) => {
    const [old, now] = [world.bonusPeople.assignments, after].map((rows) => plansOf(world, rows, person, FIRST, LAST)) as [PersonPlan[], PersonPlan[]];
    const day = [...old, ...now].map(({ from }) => from).toSorted().find((from) => shown(old, from) !== shown(now, from));
    return day === undefined ? [] : [{ name: person.name, day }];
  });
  return { people: changed.length, names: changed.map(({ name }) => name).slice(0, 10), from: changed.map(({ day }) => day).toSorted()[0] ?? null, notes: [] };
}

/** Keeps assignments, with the way back. */
function keep({ world, changed }: Context, after: PlanAssignmentRow[], plan: string, name: string): void {
  const before = world.bonusPeople.assignments;
  const put = (rows: PlanAssignmentRow[]) => {
    world.bonusPeople.assignments = rows;
    changed("bonus");
  };
  note(world, "assign_plan", { code: "change_assign_plan", params: { plan, name } }, [], () => put(before), () => put(after));
  put(after);
}

function requireFree(rows: readonly PlanAssignmentRow[], one: PlanAssignmentRow): void {
  const other = rows.find(
    (row) => row.id !== one.id && row.person === one.person && row.unit === one.unit && (row.from ?? FIRST) < (one.to ?? LAST) && (one.from ?? FIRST) < (row.to ?? LAST),
  );
  if (other) throw refuse("plan_overlap", { name: other.name ?? "", plan: other.plan, from: other.from ?? FIRST, to: other.to ?? LAST });
}

function info(world: World, code: string, everybody: boolean, name: { zh: string; en: string }, period: PlanInfo["period"]): PlanInfo {
  const people = world.people.filter((person) => plansOf(world, world.bonusPeople.assignments, person, world.today, `${world.today}x`)[0]?.plan === code).length;
  return { code, name_zh: name.zh, name_en: name.en, period, everybody, people, versions: versionsOf(world, code) };
}

export const bonusPeopleHandlers = {
  list_bonus_plans: (_, { world }) => {
    const plan = planOf(world);
    const all = [plan, ...world.otherPlans.map((text) => JSON.parse(text) as typeof plan)];
    return {
      plans: all.map((one, at) => info(world, one.code, at === 0, one.name, one.period as PlanInfo["period"])),
      next_starts: all.map(() => (world.planVersions.length === 0 ? null : "2027-01-01")),
    };
  },
  list_plan_people: ({ from = "2026-01-01", to = "2027-01-01", unit }, { world }) => ({
    from,
    to,
    assignments: world.bonusPeople.assignments,
    people: world.people
      .filter((person) => !unit || pathOf(world, person.team).includes(unit))
      .map((person) => ({
        person: person.id,
        name: person.name,
        staff_number: person.staff,
        unit: world.units.find(({ id }) => id === person.team)?.name ?? null,
        plans: plansOf(world, world.bonusPeople.assignments, person, from, to),
      })),
  }),
  assign_plan: ({ assignment, plan, people = [], unit, from, to, target_bonus, preview }, context) => {
    const { world } = context;
    if (to !== undefined && to <= from) throw refuse("plan_ends_first", { from });
    const kept = world.bonusPeople.assignments;
    const row = (part: Pick<PlanAssignmentRow, "person" | "unit" | "name">, id?: string): PlanAssignmentRow => ({
      id: id ?? `pa-${world.bonusPeople.next++}`,
      plan,
      from,
      to: to ?? null,
      target_bonus: target_bonus === undefined ? null : money(BigInt(Math.round(Number(target_bonus) * 100))),
      ...part,
    });
    const known = kept.find(({ id }) => id === assignment);
    if (assignment !== undefined && !known) throw refuse("not_found", { what: "assignment", value: assignment });
    const nameOf = (id: string) => world.people.find((one) => one.id === id)?.name ?? id;
    const made = known
      ? [row({ person: known.person, unit: known.unit, name: known.name }, known.id)]
      : unit !== undefined
        ? [row({ person: null, unit, name: world.units.find(({ id }) => id === unit)?.name ?? unit })]
        : people.length > 0
          ? people.map((person) => row({ person, unit: null, name: nameOf(person) }))
          : [row({ person: null, unit: null, name: null })];
    for (const one of made) requireFree(kept, one);
    const after = [...kept.filter(({ id }) => made.every((one) => one.id !== id)), ...made];
    const done = effect(world, after);
    if (!preview) keep(context, after, plan, made.map(({ name }) => name ?? "").join(", "));
    return done;
  },
  end_plan_assignment: ({ assignment, to, preview }, context) => {
    const { world } = context;
    const known = world.bonusPeople.assignments.find(({ id }) => id === assignment);
    if (!known) throw refuse("not_found", { what: "assignment", value: assignment });
    const rest = world.bonusPeople.assignments.filter(({ id }) => id !== assignment);
    const after = to === undefined ? rest : [...rest, { ...known, to }];
    const done = effect(world, after);
    if (!preview) keep(context, after, known.plan, known.name ?? "");
    return done;
  },
  list_objectives: ({ period, person }, { world }) => listed(world, period, person),
  set_objectives: ({ person, period, objectives }, { world, changed }) => {
    requireOpen(world, person, period);
    const total = totalOf(objectives.map(({ weight }) => weight));
    if (objectives.length > 0 && !total?.whole) throw refuse("objective_weights", { total: total?.text ?? "" });
    const before = world.bonusPeople.objectives;
    const rows = objectives.map(({ id, name, weight }) => {
      const known = before.find((one) => one.id === id);
      return { id: id ?? `o-${world.bonusPeople.next++}`, person, period, name, weight, result: known?.result ?? null, author: "local", at: "2026-11-24T02:30:00Z" };
    });
    const after = [...before.filter((one) => one.person !== person || one.period !== period), ...rows];
    const put = (all: typeof before) => {
      world.bonusPeople.objectives = all;
      changed("bonus");
    };
    note(world, "bonus_objective", said(nameOfPerson(world, person)), [], () => put(before), () => put(after));
    put(after);
    return listed(world, period, person);
  },
  judge_objective: ({ objective, result }, { world, changed }) => {
    const known = world.bonusPeople.objectives.find(({ id }) => id === objective);
    if (!known) throw refuse("not_found", { what: "objective", value: objective });
    requireOpen(world, known.person, known.period);
    if (result !== undefined && totalOf([result]) === null) throw refuse("objective_share", { name: known.name, value: result });
    world.bonusPeople.objectives = world.bonusPeople.objectives.map((one) => (one === known ? { ...one, result: result ?? null } : one));
    changed("bonus");
    return listed(world, known.period, known.person);
  },
  copy_objectives: ({ from_person, from_period, people, period }, { world, changed }) => {
    const copied = world.bonusPeople.objectives.filter((one) => one.person === from_person && one.period === from_period);
    if (copied.length === 0) throw refuse("not_found", { what: "objectives", value: nameOfPerson(world, from_person) });
    for (const person of people) {
      if (world.bonusPeople.objectives.some((one) => one.person === person && one.period === period)) throw refuse("objectives_there", { name: nameOfPerson(world, person), period });
      world.bonusPeople.objectives = [
        ...world.bonusPeople.objectives,
        ...copied.map((one) => ({ ...one, id: `o-${world.bonusPeople.next++}`, person, period, result: null })),
      ];
    }
    changed("bonus");
    return listed(world, period);
  },
} satisfies Partial<Handlers>;

function nameOfPerson(world: World, person: string): string {
  return world.people.find(({ id }) => id === person)?.name ?? person;
}

function requireOpen(world: World, person: string, period: string): void {
  if (isApproved(world, period)) throw refuse("objectives_approved", { name: nameOfPerson(world, person), period });
}

function listed(world: World, period: string, person?: string) {
  const asks = planOf(world).components.some(({ measure }) => measure?.kind === "objectives");
  const people = world.people.flatMap((one) => {
    if (person !== undefined && one.id !== person) return [];
    const own = world.bonusPeople.objectives.filter((row) => row.person === one.id && row.period === period);
    if (own.length === 0 && !asks && person === undefined) return [];
    return [
      {
        person: one.id,
        name: one.name,
        staff_number: one.staff,
        unit: world.units.find(({ id }) => id === one.team)?.name ?? null,
        objectives: own.map(({ id, name, weight, result, author, at }) => ({ id, name, weight, result, author, at })),
        reached: own.length === 0 || own.some(({ result }) => result === null) ? null : "100%",
        approved: isApproved(world, period),
        unpaid: false,
      },
    ];
  });
  return { period, periods: ["2026-Q4", "2026-Q3", "2026-Q2"], people };
}
