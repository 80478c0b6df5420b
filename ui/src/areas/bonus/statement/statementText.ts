/** A statement as text, to send to the person it is about: what is read in the window, with the exact values. */
import type { AdjustmentView, ComponentView, CountedView, FigureView, Message, StatementView } from "../../../backend/generated";
import { formatDecimal, formatMoney, MISSING } from "../../../components/format";
import { readFormula, readValue, type FormulaWords, type Shown } from "./formula";

export interface StatementWords {
  say: (message: Message) => string;
  formula: FormulaWords;
  name: (component: Pick<ComponentView, "name_zh" | "name_en">) => string;
  step: (code: string) => string;
  payout: string;
  blocked: string;
  refunded: string;
  unpaid: string;
  adjustment: (line: Pick<AdjustmentView, "reason" | "cause" | "restated" | "causes">) => string;
  exact: (value: string) => string;
  mark: (head: string) => string;
}

export function statementText(view: StatementView, title: string, words: StatementWords): string {
  const { summary, limit, audit_head } = view;
  return [
    title,
    ...view.components.flatMap((component) => componentText(component, summary.payout.currency, words)),
    "",
    ...(limit ? [`${words.say(limit.label)}  ${formatMoney(limit.amount)}`] : []),
    ...view.adjustments.map((line) => adjustmentText(line, words)),
    ...ownNotes(view).map(words.say),
    `${words.payout}  ${formatMoney(summary.payout)}${summary.blocked ? ` (${words.blocked})` : ""}`,
    ...(audit_head ? [words.mark(audit_head)] : []),
  ].join("\n");
}

function componentText(component: ComponentView, currency: string, words: StatementWords): string[] {
  const told = ({ shown, exact }: Shown) => (exact === null ? shown : `${shown} [${words.exact(exact)}]`);
  const steps = component.steps.map((step) => {
    const formula = readFormula(step, words.formula);
    const parts = [words.say(step.explain), formula && told(formula), told(readValue(step, currency, words.formula))];
    return `${words.step(step.step)}: ${parts.filter(Boolean).join(" | ")}`;
  });
  return [
    "",
    `${words.name(component)}  ${component.amount ? formatMoney(component.amount) : words.blocked}`,
    ...steps,
    ...component.lines.map((line) => `${words.say(line.label)}  ${formatMoney(line.amount)}`),
    ...component.counted.map((fact) => countedText(fact, words)),
    ...component.left_out.map((fact) => `${fact.on} ${fact.label}  ${formatMoney(fact.amount)}  ${words.say(fact.reason)}`),
    ...component.notes.map(words.say),
  ];
}

function countedText({ on, label, customer, credited, refunded }: CountedView, words: StatementWords): string {
  const what = [on, label, customer].filter(Boolean).join(" ");
  return `${what}  ${figureText(credited)}${refunded ? `  ${words.refunded}` : ""}`;
}

function adjustmentText({ amount, paid, ...line }: AdjustmentView, words: StatementWords): string {
  return `${words.adjustment(line)}  ${formatMoney(amount)}${paid ? "" : `  ${words.unpaid}`}`;
}

/** Money with its currency, or a number; a fraction as it is. */
export function figureText(figure: FigureView | null): string {
  if (!figure) return MISSING;
  return figure.money ? formatMoney(figure.money) : formatDecimal(figure.number);
}

/** What is said of the statement as a whole: the notes of its components stand with them. */
export function ownNotes({ summary, components }: StatementView): Message[] {
  const said = new Set(components.flatMap(({ notes }) => notes).map(keyOf));
  return summary.notes.filter((note) => !said.has(keyOf(note)));
}

function keyOf({ code, params }: Message): string {
  return JSON.stringify([code, Object.entries(params).toSorted()]);
}
