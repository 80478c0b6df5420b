/** A statement as text, to send to the person it is about: what is read in the window, with the exact values. */
import type { Message, StatementView } from "../../backend/generated";
import { formatMoney } from "../../components/format";
import { readFormula, readValue, type FormulaWords, type Shown } from "./formula";

interface Words {
  say: (message: Message) => string;
  formula: FormulaWords;
  step: (code: string) => string;
  payout: string;
  exact: (value: string) => string;
  mark: (head: string) => string;
}

export function statementText(view: StatementView, title: string, words: Words): string {
  const told = ({ shown, exact }: Shown) => (exact === null ? shown : `${shown} [${words.exact(exact)}]`);
  const steps = view.steps.map((step) => {
    const formula = readFormula(step, words.formula);
    const value = readValue(step, view.summary.payout.currency, words.formula);
    const parts = [words.say(step.explain), formula && told(formula), told(value)];
    return `${words.step(step.step)}: ${parts.filter(Boolean).join(" | ")}`;
  });
  const lines = view.lines.map((line) => `${words.say(line.label)}  ${formatMoney(line.amount)}`);
  return [
    title,
    ...steps,
    ...lines,
    ...view.summary.notes.map(words.say),
    `${words.payout}  ${formatMoney(view.summary.payout)}`,
    ...(view.audit_head ? [words.mark(view.audit_head)] : []),
  ].join("\n");
}
