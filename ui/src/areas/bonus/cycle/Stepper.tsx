/** The way of a period from calculating to closing: what is done, by whom, and where it stands. */
import { Check } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { BonusCycle, CycleState, CycleStep } from "../../../backend/generated";
import { formatDate, formatMoment } from "../../../components/format";
import { useAuthor } from "../../../components/history/ChangeHead";
import { useTerm } from "../../../i18n/say";
import { SHAPES, STATES } from "./StateMark";

/** The step that ended a state. */
const ENDS: Record<CycleState, string> = { open: "submit", in_review: "approve_pay", approved: "pay", paid: "close", closed: "" };

export function Stepper({ cycle }: { cycle: BonusCycle }) {
  const { t } = useTranslation();
  const term = useTerm();
  const author = useAuthor();
  const at = STATES.indexOf(cycle.state);
  return (
    <ol className="stepper" aria-label={t("bonus.cycle.label")} data-testid="stepper">
      {STATES.map((state, index) => {
        const Shape = SHAPES[state];
        // Closed is an end, and no work in hand.
        const done = index < at || (index === at && state === "closed");
        const ended = index < at ? cycle.steps.findLast(({ kind }) => kind === ENDS[state]) : undefined;
        return (
          <li key={state} className={done ? "step-done" : index === at ? "step-now" : "step-ahead"} aria-current={index === at ? "step" : undefined} data-testid={`stepper-${state}`}>
            <span className="stepper-mark">{done ? <Check size={14} aria-hidden /> : <Shape size={14} aria-hidden />}</span>
            <span className="stepper-words">
              <strong>{term("cycle_state", state)}</strong>
              {ended && <span className="quiet" title={formatMoment(ended.at)}>{t("bonus.cycle.by", { at: dayOf(ended), by: author(ended.by) })}</span>}
              {index === at && state === "in_review" && <Approvals cycle={cycle} />}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** Money has left on the day of payment, whenever that was written down. */
function dayOf({ on, at }: CycleStep): string {
  return formatDate(on ?? at.slice(0, 10));
}

/** The three approvals of a review. */
function Approvals({ cycle: { teams, steps } }: { cycle: BonusCycle }) {
  const { t } = useTranslation();
  const author = useAuthor();
  const since = steps.slice(steps.findLastIndex(({ kind }) => kind === "submit"));
  const hr = since.find(({ kind }) => kind === "approve_hr");
  const done = teams.filter(({ approved_by }) => approved_by !== null).length;
  return (
    <span className="quiet" data-testid="approvals">
      {[
        t("bonus.cycle.teamsApproved", { done, all: teams.length }),
        `${t("bonus.cycle.hr")} ${hr ? t("bonus.cycle.approvedBy", { by: author(hr.by) }) : t("bonus.cycle.not")}`,
        `${t("bonus.cycle.pay")} ${t("bonus.cycle.not")}`,
      ].join(" · ")}
    </span>
  );
}
