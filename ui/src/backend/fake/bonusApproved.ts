/** What became of a world's statements: approved, held, confirmed; and the columns for payroll that it keeps. */
import type { PayrollProfile } from "../generated";
import type { World } from "./company";

/** What the cycle, the people and the columns of a world have come to. */
export interface FakePapers {
  /** Periods that are approved to be paid. */
  approved: Set<string>;
  /** People whose pay waits. */
  held: Set<string>;
  /** By period and person. */
  confirmed: Map<string, { hash: string; onPaper: boolean }>;
  profiles: PayrollProfile[];
}

const all = new WeakMap<World, FakePapers>();

export function papersOf(world: World): FakePapers {
  const kept = all.get(world) ?? { approved: new Set(), held: new Set(), confirmed: new Map(), profiles: [] };
  all.set(world, kept);
  return kept;
}
