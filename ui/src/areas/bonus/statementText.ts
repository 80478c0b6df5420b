/** A statement as text, to send to the person it is about. */
import type { Message, StatementView } from "../../backend/generated";
import { formatMoney } from "../../components/format";
import { stepValue } from "./formula";

interface Words {
  say: (message: Message) => string;
  step: (code: string) => string;
  payout: string;
}

export function statementText(view: StatementView, title: string, words: Words): string {
  const steps = view.steps.map((step) => {
    const { shown } = stepValue(step);
    return `${words.step(step.step)}: ${words.say(step.explain)} ${[step.formula, shown].filter(Boolean).join(" = ")}`.trim();
  });
  const lines = view.lines.map((line) => `${words.say(line.label)}  ${formatMoney(line.amount)}`);
  return [
    title,
    ...steps,
    ...lines,
    ...view.summary.notes.map(words.say),
    `${words.payout}  ${formatMoney(view.summary.payout)}`,
  ].join("\n");
}
