/** A goal's numbers in the fake: people by cut weeks, in minor units, with locks and versions; edits by plain rules. */
import { children, parsePeriod, periods, type Period } from "../../components/period";
import { parseExact } from "../../components/format";
import type { GoalAbove, GoalEdit, GoalPlanState } from "../generated";
import { allocate } from "./allocate";
import { money, unitsBelow, type World } from "./company";
import { refuse } from "./fake";

/** A version: its cells, and its locks as `unit period`. */
export interface FakeVersion {
  version: number;
  state: GoalPlanState;
  at: string;
  by: string | null;
  cells: Map<string, bigint[]>;
  locks: Set<string>;
}

export interface FakeBook {
  weeks: Period[];
  /** The oldest first; the last is in force. */
  versions: FakeVersion[];
}

/** A new book from everybody's months. */
export function bookOf(year: number, months: ReadonlyMap<string, readonly bigint[]>, first: Omit<FakeVersion, "cells" | "locks">): FakeBook {
  const weeks = periods("month", `${year}-01-01`, `${year + 1}-01-01`).flatMap(children);
  const days = (week: Period) => BigInt((Date.parse(week.end) - Date.parse(week.start)) / 86_400_000);
  const cells = new Map<string, bigint[]>();
  for (const [person, amounts] of months) {
    cells.set(person, amounts.flatMap((amount, month) => allocate(amount, weeks.filter((week) => week.month === month + 1).map(days))));
  }
  return { weeks, versions: [{ ...first, cells, locks: new Set() }] };
}

export function newest(book: FakeBook): FakeVersion {
  return book.versions.at(-1) as FakeVersion;
}

export function copyOf(version: FakeVersion): FakeVersion {
  return { ...version, cells: new Map([...version.cells].map(([person, row]) => [person, [...row]])), locks: new Set(version.locks) };
}

/** The people of a unit, or the person alone. */
export function under(world: World, unit: string): string[] {
  const person = world.people.find(({ id }) => id === unit);
  if (person) return [person.id];
  if (!world.units.some(({ id }) => id === unit)) throw refuse("not_found", { what: "unit", value: unit });
  const units = unitsBelow(world, unit);
  return world.people.filter(({ team }) => units.has(team)).map(({ id }) => id);
}

/** The weeks of a period, by their place. */
export function weeksOf(book: FakeBook, key: string): number[] {
  const period = parsePeriod(key);
  const places = book.weeks.flatMap((week, place) => (period && week.start >= period.start && week.end <= period.end ? [place] : []));
  if (places.length === 0) throw refuse("unknown_period", { period: key });
  return places;
}

export function sumOf(version: FakeVersion, people: readonly string[], weeks: readonly number[]): bigint {
  let sum = 0n;
  for (const person of people) for (const week of weeks) sum += version.cells.get(person)?.[week] ?? 0n;
  return sum;
}

interface Change {
  world: World;
  book: FakeBook;
  version: FakeVersion;
  frozenBefore: string | null;
}

/** Cells that a lock holds. */
export function lockedCells({ world, book, version }: Pick<Change, "world" | "book" | "version">): Set<string> {
  const cells = new Set<string>();
  for (const lock of version.locks) {
    const [unit = "", period = ""] = lock.split(" ");
    for (const person of under(world, unit)) for (const week of weeksOf(book, period)) cells.add(`${person} ${week}`);
  }
  return cells;
}

/** Moves the free cells of a block by a difference, in proportion; refused where the locks leave no room. */
function move(change: Change, people: readonly string[], weeks: readonly number[], by: bigint, wanted: string, place: { unit: string; period: string }): void {
  const { world, book, version, frozenBefore } = change;
  const locked = lockedCells(change);
  const all = people.flatMap((person) => weeks.map((week) => [person, week] as const));
  const past = all.filter(([, week]) => frozenBefore !== null && (book.weeks[week]?.start ?? "") < frozenBefore);
  const free = all.filter((cell) => !locked.has(`${cell[0]} ${cell[1]}`) && !past.includes(cell));
  const present = free.map(([person, week]) => version.cells.get(person)?.[week] ?? 0n);
  const total = present.reduce((a, b) => a + b, 0n);
  if (by !== 0n && (free.length === 0 || total + by < 0n)) {
    const fixed = sumOf(version, people, weeks) - total;
    const inWay = [...version.locks].filter((lock) => {
      const [unit = "", period = ""] = lock.split(" ");
      const covered = new Set(weeksOf(book, period));
      return under(world, unit).some((person) => people.includes(person)) && weeks.some((week) => covered.has(week));
    });
    throw refuse("edit_impossible", {
      ...place,
      name: nameOf(world, place.unit),
      wanted,
      smallest: money(fixed).amount,
      largest: free.length === 0 ? money(fixed).amount : "none",
      locks: inWay.map((lock) => `${nameOf(world, lock.split(" ")[0] ?? "")} ${lock.split(" ")[1]}`).join(", ") || "none",
      frozen: String(past.length),
    });
  }
  const parts = allocate(total + by, present);
  for (const [index, [person, week]] of free.entries()) {
    const row = version.cells.get(person);
    if (row) row[week] = parts[index] ?? 0n;
  }
}

export function nameOf(world: World, unit: string): string {
  return (world.people.find(({ id }) => id === unit) ?? world.units.find(({ id }) => id === unit))?.name ?? unit;
}

function parentUnit(world: World, unit: string): string | null {
  return world.people.find(({ id }) => id === unit)?.team ?? world.units.find(({ id }) => id === unit)?.parent ?? null;
}

function minor(amount: string): bigint {
  const exact = parseExact(amount);
  if (!exact || (exact.n * 100n) % exact.d !== 0n) throw refuse("invalid_amount", { value: amount });
  if (exact.n < 0n) throw refuse("negative_goal", { amount });
  return (exact.n * 100n) / exact.d;
}

/** Makes one change; throws, with nothing to be kept, where it cannot be. */
export function applyEdit(change: Change, edit: GoalEdit): void {
  const { world, book, version } = change;
  switch (edit.kind) {
    case "set":
      return setAmount(change, edit.unit, edit.period, edit.amount, edit.above);
    case "revise":
      return setAmount({ ...change, frozenBefore: edit.from }, edit.unit, String(book.weeks[0]?.year), edit.amount, edit.above);
    case "shift": {
      const [give, take, amount] = [under(world, edit.from), under(world, edit.to), minor(edit.amount)];
      if (give.some((person) => take.includes(person))) throw refuse("shift_within", { from: edit.from, to: edit.to });
      if (amount === 0n) throw refuse("shift_amount", { minor: "0" });
      move(change, give, weeksOf(book, edit.period), -amount, edit.amount, { unit: edit.from, period: edit.period });
      return move(change, take, weeksOf(book, edit.period), amount, edit.amount, { unit: edit.to, period: edit.period });
    }
    case "copy": {
      const row = [...(version.cells.get(edit.from) ?? [])];
      if (row.length === 0) throw refuse("not_found", { what: "person", value: edit.from });
      const teams = edit.above === "units" ? [...new Set(world.people.filter(({ id }) => edit.to.includes(id)).map(({ team }) => team))] : [];
      const sums = teams.map((team) => row.map((_, week) => sumOf(version, under(world, team), [week])));
      for (const to of edit.to) {
        for (const [week, amount] of row.entries()) {
          const period = book.weeks[week]?.key ?? "";
          setAmount(change, to, period, money(amount).amount, "grow");
        }
      }
      // The teams have their sums back: whoever neither gives nor gets absorbs the difference.
      const year = String(book.weeks[0]?.year);
      const held = [edit.from, ...edit.to].map((id) => `${id} ${year}`).filter((lock) => !version.locks.has(lock));
      held.forEach((lock) => version.locks.add(lock));
      teams.forEach((team, at) => sums[at]?.forEach((sum, week) => setAmount(change, team, book.weeks[week]?.key ?? "", money(sum).amount, "grow")));
      held.forEach((lock) => version.locks.delete(lock));
      return undefined;
    }
    case "lock":
      weeksOf(book, edit.period);
      version.locks.add(`${edit.unit} ${edit.period}`);
      return undefined;
    case "unlock":
      version.locks.delete(`${edit.unit} ${edit.period}`);
      return undefined;
  }
}

function setAmount(change: Change, unit: string, period: string, amount: string, above: GoalAbove): void {
  const { world, book, version } = change;
  const [people, weeks] = [under(world, unit), weeksOf(book, period)];
  const by = minor(amount) - sumOf(version, people, weeks);
  if (by === 0n) return;
  move(change, people, weeks, by, amount, { unit, period });
  if (above === "grow") return;
  const siblings = () => refuse("no_siblings", { unit: nameOf(world, unit), period });
  if (above === "units") {
    const parent = parentUnit(world, unit);
    const others = parent === null ? [] : under(world, parent).filter((person) => !people.includes(person));
    if (others.length === 0) throw siblings();
    move(change, others, weeks, -by, amount, { unit, period });
  } else {
    const whole = parentPeriod(period);
    const others = whole === null ? [] : weeksOf(book, whole).filter((week) => !weeks.includes(week));
    if (others.length === 0) throw siblings();
    move(change, people, others, -by, amount, { unit, period });
  }
}

/** The period above; null for a year. */
export function parentPeriod(key: string): string | null {
  if (key.includes("/")) return key.slice(0, 7);
  const period = parsePeriod(key);
  if (period?.kind === "month") return `${period.year}-Q${Math.ceil(period.part / 3)}`;
  return period?.kind === "quarter" ? String(period.year) : null;
}
