/** Flags of the statements of a run: by person, and by kind for the filter. */
import type { Anomaly, HeldPerson } from "../../../backend/generated";

/** The order in which they want a look. */
export const KINDS = ["blocked", "over_cap", "negative", "jump", "changed", "zero"] as const;
export const HELD = "held";

export interface Flags {
  /** Of one person, in the order of KINDS. */
  of: (person: string) => readonly Anomaly[];
  isHeld: (person: string) => boolean;
  /** Kinds that occur, with the number of people. */
  kinds: { kind: string; people: number }[];
  /** Whether a statement is under a filter. */
  under: (person: string, kind: string | null) => boolean;
}

export function flagsOf(anomalies: readonly Anomaly[], held: readonly HeldPerson[]): Flags {
  const rank = (kind: string) => (KINDS as readonly string[]).indexOf(kind) + (KINDS as readonly string[]).length * Number(!(KINDS as readonly string[]).includes(kind));
  const sorted = anomalies.toSorted((a, b) => rank(a.kind) - rank(b.kind));
  const byPerson = new Map<string, Anomaly[]>();
  for (const one of sorted) byPerson.set(one.person, [...(byPerson.get(one.person) ?? []), one]);
  const waiting = new Set(held.map(({ person }) => person));
  const people = (kind: string) => new Set(sorted.filter((one) => one.kind === kind).map(({ person }) => person)).size;
  const kinds = [...new Set(sorted.map(({ kind }) => kind))].map((kind) => ({ kind, people: people(kind) }));
  const of = (person: string) => byPerson.get(person) ?? [];
  return {
    of,
    isHeld: (person) => waiting.has(person),
    kinds: waiting.size > 0 ? [...kinds, { kind: HELD, people: waiting.size }] : kinds,
    under: (person, kind) => kind === null || (kind === HELD ? waiting.has(person) : of(person).some((one) => one.kind === kind)),
  };
}
