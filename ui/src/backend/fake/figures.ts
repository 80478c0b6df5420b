/** Goals of other figures than the won amount: the same company with goals of its own for each of them. */
import type { World } from "./company";

const FIGURES = new WeakMap<World, Map<string, World>>();

/** The company as a question about a figure sees it. What was reached of another figure is the won amount here. */
export function worldOf(world: World, command: string, args: object): World {
  const metric = "metric" in args ? String(args.metric) : "won_amount";
  if (metric === "won_amount" || !command.includes("goal") || command.includes("kpi")) return world;
  const known = FIGURES.get(world) ?? new Map<string, World>();
  FIGURES.set(world, known);
  const own = known.get(metric) ?? (Object.create(world, { goals: { value: new Map() } }) as World);
  known.set(metric, own);
  return own;
}
