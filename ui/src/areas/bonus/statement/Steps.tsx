/** The steps of a component in words, each with its formula and value. */
import { useTranslation } from "react-i18next";

import type { TraceStep } from "../../../backend/generated";
import { MessageText } from "../../../components/MessageText";
import { useWord } from "../../../i18n";
import { readFormula, readValue, type Shown } from "./formula";
import { useFormulaWords } from "./useFormulaWords";

export function Steps({ steps, currency, exact }: { steps: readonly TraceStep[]; currency: string; exact: boolean }) {
  const { t } = useTranslation();
  return (
    <section className="statement-part">
      <h3>{t("bonus.statement.calculation")}</h3>
      <StepList steps={steps} currency={currency} exact={exact} />
    </section>
  );
}

export function StepList({ steps, currency, exact }: { steps: readonly TraceStep[]; currency: string; exact: boolean }) {
  return (
    <ol className="steps">
      {steps.map((step, index) => (
        // Steps are in a fixed order; one kind may come twice.
        // oxlint-disable-next-line react/no-array-index-key
        <StepLine key={`${step.step}-${index}`} step={step} currency={currency} exact={exact} />
      ))}
    </ol>
  );
}

function StepLine({ step, currency, exact }: { step: TraceStep; currency: string; exact: boolean }) {
  const word = useWord();
  const words = useFormulaWords();
  const formula = readFormula(step, words);
  return (
    <li className="step" data-testid={`step-${step.step}`}>
      <span className="step-name">{word("bonus.step", step.step)}</span>
      <span className="step-words">
        <MessageText message={step.explain} />
        {formula && <Told {...formula} withExact={exact} className="step-formula" />}
      </span>
      <Told {...readValue(step, currency, words)} withExact={exact} className="step-value figure" />
    </li>
  );
}

/** A text for people; the exact one on hover, or below it. */
function Told({ shown, exact, withExact, className }: Shown & { withExact: boolean; className: string }) {
  const { t } = useTranslation();
  return (
    <span className={className} title={exact === null ? undefined : t("bonus.exact", { value: exact })}>
      {shown}
      {exact !== null && withExact && <code className="step-exact">{exact}</code>}
    </span>
  );
}
