/** The parts of a goal as a waterfall: where each begins and ends on a common scale, and whether they sum to it. */
import type { GoalWhy, GoalWhyPart } from "../../backend/generated";
import { compareExact, parseExact, roundExact, sumDecimals } from "../../components/format";

/** A part's place on the scale, in percent of its width; for drawing only. */
export interface Step {
  part: GoalWhyPart;
  from: number;
  to: number;
}

export interface Waterfall {
  steps: Step[];
  /** Where zero lies, and where the goal ends. */
  zero: number;
  end: number;
  /** Sum of the parts, exact. */
  sum: string;
  closes: boolean;
}

export function waterfall({ parts, goal }: Pick<GoalWhy, "parts" | "goal">): Waterfall {
  const ends: string[] = [];
  for (const { amount } of parts) ends.push(sumDecimals([ends.at(-1) ?? "0", amount]));
  const sum = ends.at(-1) ?? "0";
  const all = ["0", goal, ...ends].map(drawn);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const place = (text: string) => (high === low ? 0 : ((drawn(text) - low) / (high - low)) * 100);
  return {
    steps: parts.map((part, at) => ({ part, from: place(ends[at - 1] ?? "0"), to: place(ends[at] ?? "0") })),
    zero: place("0"),
    end: place(goal),
    sum,
    closes: compareExact(sum, goal) === 0,
  };
}

/** For a place in a picture, never for an amount. */
function drawn(text: string): number {
  const exact = parseExact(text);
  return exact ? Number(exact.n) / Number(exact.d) : 0;
}

/** Sources that weigh by amounts, in minor units; the others weigh by days and own numbers. */
const BY_AMOUNT = new Set(["history", "pipeline", "market"]);

/** A weight as people read it: an amount in major units, else a number with at most two decimals. */
export function weightText(source: string, weight: string, goal: string): string {
  const exact = parseExact(weight);
  if (!exact) return weight;
  const places = goal.split(".")[1]?.length ?? 0;
  if (BY_AMOUNT.has(source)) return roundExact(`${exact.n}/${exact.d * 10n ** BigInt(places)}`, places) ?? weight;
  return (roundExact(weight, 2) ?? weight).replace(/\.?0+$/, "");
}

/** A part of a whole as an exact ratio; null where the whole is nothing. */
export function ratioOf(part: string, whole: string): string | null {
  const [a, b] = [parseExact(part), parseExact(whole)];
  if (!a || !b || b.n <= 0n) return null;
  return `${a.n * b.d}/${a.d * b.n}`;
}

/** "23/20" as the change "3/20": how much more than what it is measured against. */
export function changeOf(ratio: string | null): string | null {
  const exact = ratio === null ? null : parseExact(ratio);
  return exact && `${exact.n - exact.d}/${exact.d}`;
}
