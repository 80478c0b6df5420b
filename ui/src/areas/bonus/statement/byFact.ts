/** What is paid fact by fact: each fact with its steps and what it pays, and what is of all of them together. */
import type { ComponentView, CountedView, Money, StatementLineView, TraceStep } from "../../../backend/generated";

export interface FactPay {
  fact: CountedView;
  steps: TraceStep[];
  /** Null where the component is blocked. */
  paid: Money | null;
}

export interface ByFact {
  /** Steps of the whole component. */
  steps: TraceStep[];
  /** By day; empty where nothing is paid fact by fact. */
  facts: FactPay[];
  /** Lines of the whole component: cap, floor. */
  lines: StatementLineView[];
}

export function byFact({ steps, lines, counted }: Pick<ComponentView, "steps" | "lines" | "counted">): ByFact {
  const facts = new Map(counted.map((fact): [string, FactPay] => [fact.fact, { fact, steps: [], paid: null }]));
  const of = (id: string | null) => (id === null ? undefined : facts.get(id));
  const found: ByFact = { steps: [], facts: [], lines: [] };
  for (const step of steps) (of(step.fact)?.steps ?? found.steps).push(step);
  for (const line of lines) {
    const pay = of(line.fact);
    if (pay) pay.paid = line.amount;
    else found.lines.push(line);
  }
  const isByFact = [...facts.values()].some((one) => one.steps.length > 0 || one.paid !== null);
  return isByFact ? { ...found, facts: [...facts.values()] } : found;
}

/** Whether a fact's name, customer or product has what was typed. */
export function isNamed({ label, customer, product }: CountedView, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  return [label, customer, product].some((text) => (text ?? "").toLowerCase().includes(wanted));
}
