/** A second plan of the fake: a world of its own for its people, runs, steps and papers; all else is the one world's. */
import { readPlan, type Plan } from "../../areas/bonus/plan/document";
import { noBook } from "./bonusBook";
import { planOf } from "./bonusPlan";
import type { World } from "./company";
import { refuse } from "./fake";

const seconds = new WeakMap<World, Map<string, World>>();

/** People may have a part of both plans. */
export function addPlan(world: World, plan: Plan, people: readonly string[]): void {
  const document = JSON.stringify(plan);
  world.otherPlans.push(document);
  const second = Object.create(world) as World;
  const { adjustments } = world.bonusBook;
  Object.assign(second, { bonusPlan: document, people: world.people.filter(({ id }) => people.includes(id)), bonusRuns: [], bonusBook: { ...noBook(), adjustments } });
  seconds.set(world, new Map(seconds.get(world)).set(plan.code, second));
}

/** Without a code: the plan of everybody. A plan nobody was given has nothing of its own. */
export function ofPlan(world: World, code: string | undefined): World {
  if (code === undefined || code === planOf(world).code) return world;
  const second = seconds.get(world)?.get(code);
  if (second) return second;
  if (world.otherPlans.some((one) => readPlan(one).code === code)) return world;
  throw refuse("not_found", { what: "bonus_plan", value: code });
}

export function allPlans(world: World): World[] {
  return [world, ...(seconds.get(world)?.values() ?? [])];
}
