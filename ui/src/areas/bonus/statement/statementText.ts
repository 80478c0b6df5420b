/** A statement as text, to send to the person it is about: what is read in the window, with the exact values. */
import type { AdjustmentView, ComponentView, CountedView, FigureView, Message, RestatedView, StatementView, TraceStep } from "../../../backend/generated";
import { formatDecimal, formatMoney, MISSING } from "../../../components/format";
import { byFact } from "./byFact";
import { readFormula, readValue, type FormulaWords, type Shown } from "./formula";

export interface StatementWords {
  say: (message: Message) => string;
  formula: FormulaWords;
  name: (component: Pick<ComponentView, "name_zh" | "name_en">) => string;
  step: (code: string) => string;
  payout: string;
  blocked: string;
  refunded: string;
  gross: (label: string) => string;
  refundOf: (on: string, label: string) => string;
  pays: string;
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
  const stepText = (step: TraceStep) => {
    const formula = readFormula(step, words.formula);
    const parts = [words.say(step.explain), formula && told(formula), told(readValue(step, currency, words.formula))];
    return `${words.step(step.step)}: ${parts.filter(Boolean).join(" | ")}`;
  };
  const { steps, facts, lines } = byFact(component);
  return [
    "",
    `${words.name(component)}  ${component.amount ? formatMoney(component.amount) : words.blocked}`,
    ...steps.map(stepText),
    ...facts.flatMap((one) => [...countedText(one.fact, words), ...one.steps.map((step) => `  ${stepText(step)}`), `  ${words.pays} ${formatMoney(one.paid)}`]),
    ...lines.map((line) => `${words.say(line.label)}  ${formatMoney(line.amount)}`),
    ...(facts.length > 0 ? [] : component.counted.flatMap((fact) => countedText(fact, words))),
    ...component.left_out.flatMap((fact) => [`${fact.on} ${fact.label}  ${formatMoney(fact.amount)}  ${words.say(fact.reason)}`, ...restatedText(fact, words)]),
    ...component.notes.map(words.say),
  ];
}

function countedText(fact: CountedView, words: StatementWords): string[] {
  const what = [fact.on, fact.label, fact.customer].filter(Boolean).join(" ");
  return [`${what}  ${figureText(fact.credited)}${fact.refunded ? `  ${words.refunded}` : ""}`, ...restatedText(fact, words)];
}

/** What was there before refunds, and each of them. */
function restatedText({ label, restated }: { label: string; restated: RestatedView | null }, words: StatementWords): string[] {
  if (!restated) return [];
  const refunds = restated.refunds.map((refund) => `  ${words.refundOf(refund.on, refund.label)}  ${formatMoney(refund.amount)}`);
  return [`  ${words.gross(label)}  ${formatMoney(restated.gross)}`, ...refunds];
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
