/** Own weights as typed, and as the split wants them. */
import { parseTyped } from "../../components/format";
import type { GoalTree, OrganisationTree } from "../../backend/generated";

/** Person id -> what was typed; absent is 1. */
export type WeightTexts = Readonly<Record<string, string>>;

/** Who gets a weight, and where they stand. */
export interface Weighed {
  id: string;
  name: string;
  staffNumber: string | null;
  team: string | null;
}

/**
 * The people of a split, in its order: who carries a goal at any time of the year, also who joins later or has left.
 * The organisation adds what tells two of one name apart.
 */
export function peopleOfSplit(split: GoalTree, organisation: OrganisationTree): Weighed[] {
  const units = new Map(organisation.units.map((unit) => [unit.id as string, unit.name]));
  const staff = new Map(organisation.people.map((person) => [person.id as string, person.staff_number]));
  const people = new Map<string, Weighed>();
  for (const { unit: id, level, name, parent_unit } of split.nodes) {
    if (level !== "person" || people.has(id)) continue;
    people.set(id, { id, name, staffNumber: staff.get(id) ?? null, team: units.get(parent_unit ?? "") ?? null });
  }
  return [...people.values()];
}

/** A weight: a plain decimal, not negative; null for anything else. */
export function parseWeight(text: string): string | null {
  const plain = parseTyped(text);
  return plain === null || plain.startsWith("-") ? null : plain;
}

/** Whose weight cannot be read or is negative. */
export function unreadable(people: readonly Weighed[], texts: WeightTexts): Weighed[] {
  return people.filter((person) => parseWeight(texts[person.id] ?? "1") === null);
}

/** Weights of everyone in the split; null while one cannot be read, or all are zero. */
export function weightsOf(people: readonly Weighed[], texts: WeightTexts): Record<string, string> | null {
  const weights: Record<string, string> = {};
  for (const person of people) {
    const weight = parseWeight(texts[person.id] ?? "1");
    if (weight === null) return null;
    weights[person.id] = weight;
  }
  return Object.values(weights).some((weight) => /[1-9]/.test(weight)) ? weights : null;
}
