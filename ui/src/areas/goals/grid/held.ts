/**
 * The changes that make a pasted block what was pasted. Where others absorb, each cell takes from its neighbours, also
 * from cells of the block that are set already: those are held by locks for the time of the request.
 *
 * Wholes come before their parts on the axis that absorbs: parts of a whole absorb among each other, so it stays as it
 * is without a lock. On the other axis parts come first and are held while their whole is set. Cells that cannot
 * absorb each other are set together, since every lock in between costs a run of the engine.
 */
import type { GoalAbove, GoalEdit, GridColumn, GridRow } from "../../../backend/generated";

export type SetEdit = Extract<GoalEdit, { kind: "set" }>;

export interface PastedCell {
  set: SetEdit;
  row: Pick<GridRow, "depth" | "parent">;
  period: Pick<GridColumn, "kind" | "parent">;
  /** It has a lock of its own already, which is neither set nor released. */
  own: boolean;
}

const FINENESS: Readonly<Record<string, number>> = { year: 0, half: 1, quarter: 2, month: 3 };
const fineness = ({ period }: PastedCell) => FINENESS[period.kind] ?? 4;

export function heldEdits(cells: readonly PastedCell[], above: GoalAbove): GoalEdit[] {
  if (above === "grow") return cells.map(({ set }) => set);
  const byUnits = above === "units";
  const depth = ({ row }: PastedCell) => row.depth;
  const [along, across] = byUnits ? [depth, fineness] : [fineness, depth];
  return groups(cells, along).flatMap((wholes) => {
    const rounds = groups(wholes, (cell) => -across(cell)).flatMap((alike) => roundsOf(alike, byUnits));
    const held: GoalEdit[] = [];
    const edits = rounds.flatMap((round, place): GoalEdit[] => {
      const locks = place === rounds.length - 1 ? [] : round.filter(({ own }) => !own).map((cell) => lock("lock", cell));
      held.push(...locks);
      return [...round.map(({ set }) => set), ...locks];
    });
    return [...edits, ...held.map((one): GoalEdit => ({ ...one, kind: "unlock" }) as GoalEdit)];
  });
}

const lock = (kind: "lock" | "unlock", { set }: PastedCell): GoalEdit => ({ kind, unit: set.unit, period: set.period });

/** Cells by a number, the smallest first; each group in the order of reading. */
function groups(cells: readonly PastedCell[], by: (cell: PastedCell) => number): PastedCell[][] {
  const found = new Map<number, PastedCell[]>();
  for (const cell of cells) {
    const group = found.get(by(cell));
    if (group) group.push(cell);
    else found.set(by(cell), [cell]);
  }
  return [...found].toSorted(([one], [other]) => one - other).map(([, group]) => group);
}

/** The first unit (or period) of each whole, then the second: siblings are never in one round. */
function roundsOf(cells: readonly PastedCell[], byUnits: boolean): PastedCell[][] {
  const siblings = new Map<string | null, string[]>();
  const rounds: PastedCell[][] = [];
  for (const cell of cells) {
    const [parent, name] = byUnits ? [cell.row.parent, cell.set.unit] : [cell.period.parent, cell.set.period];
    const among = siblings.get(parent) ?? [];
    if (!among.includes(name)) among.push(name);
    siblings.set(parent, among);
    (rounds[among.indexOf(name)] ??= []).push(cell);
  }
  return rounds;
}
