/** Own weights as typed, and as the split wants them. */
import { parseTyped } from "../../components/format";
import type { PersonRow } from "../../backend/generated";

/** Person id -> what was typed; absent is 1. */
export type WeightTexts = Readonly<Record<string, string>>;

/** A weight: a plain decimal, not negative; null for anything else. */
export function parseWeight(text: string): string | null {
  const plain = parseTyped(text);
  return plain === null || plain.startsWith("-") ? null : plain;
}

/** Weights of everyone who carries a goal; null while one cannot be read, or all are zero. */
export function weightsOf(people: readonly PersonRow[], texts: WeightTexts): Record<string, string> | null {
  const weights: Record<string, string> = {};
  for (const person of people) {
    if (!person.carries_goal) continue;
    const weight = parseWeight(texts[person.id] ?? "1");
    if (weight === null) return null;
    weights[person.id] = weight;
  }
  return Object.values(weights).some((weight) => /[1-9]/.test(weight)) ? weights : null;
}
