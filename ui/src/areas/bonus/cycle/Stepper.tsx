/** The way of a period from calculating to closing: what is done, by whom, and where it stands. */
import { Check } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { BonusCycle, CycleState, CycleStep } from "../../../backend/generated";
import { formatDate, formatMoment } from "../../../components/format";
import { useAuthor } from "../../../components/history/ChangeHead";
import { SHAPES, STATES } from "./StateMark";

/** The step that led to a state. */
const LED: Record<CycleState, string> = { open: "", in_review: "submit", approved: "approve_pay", paid: "pay", closed: "close" };

export function Stepper({ cycle }: { cycle: BonusCycle }) {
  const { t } = useTranslation();
  const author = useAuthor();
  const at = STATES.indexOf(cycle.state);
  return (
    <ol className="stepper" aria-label={t("bonus.cycle.label")} data-testid="stepper">
      {STATES.map((state, index) => {
        const Shape = SHAPES[state];
        // Closed is an end, and no work in hand.
        const done = index < at || (index === at && state === "closed");
        const led = index <= at ? cycle.steps.findLast(({ kind }) => kind === LED[state]) : undefined;
        return (
          <li key={state} className={done ? "step-done" : index === at ? "step-now" : "step-ahead"} aria-current={index === at ? "step" : undefined} data-testid={`stepper-${state}`}>
            <span className="stepper-mark">{done ? <Check size={14} aria-hidden /> : <Shape size={14} aria-hidden />}</span>
            <span className="stepper-words">
              <strong>{t(`bonus.cycle.states.${state}`)}</strong>
              {led && <span className="quiet" title={formatMoment(led.at)}>{t("bonus.cycle.by", { at: dayOf(led), by: author(led.by) })}</span>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** Money has left on the day of payment, whenever that was written down. */
function dayOf({ on, at }: CycleStep): string {
  return on ? formatDate(on) : formatMoment(at).slice(0, 10);
}
