/** Problems of a plan where they are: a shape and a word for how grave, then the sentence. Hints are quiet. */
import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { PlanProblem } from "../../../backend/generated";
import { MessageText } from "../../../components/MessageText";

const LOOKS = {
  error: { Mark: CircleAlert, className: "problem problem-error" },
  warning: { Mark: TriangleAlert, className: "problem" },
  hint: { Mark: Info, className: "problem problem-hint" },
} as const;

export type Severity = keyof typeof LOOKS;

export function severityOf({ severity }: PlanProblem): Severity {
  return severity === "error" || severity === "hint" ? severity : "warning";
}

export function Problems({ problems }: { problems: readonly PlanProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <div role="status">
      <ul className="problems">
        {problems.map((problem, index) => {
          const severity = severityOf(problem);
          return (
            // One problem may occur twice.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={`${problem.message.code}-${index}`} className={LOOKS[severity].className}>
              <ProblemMark severity={severity} />
              <span>
                <MessageText message={problem.message} />
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Shape and word. */
export function ProblemMark({ severity }: { severity: Severity }) {
  const { t } = useTranslation();
  const { Mark } = LOOKS[severity];
  return (
    <>
      <Mark size={14} aria-hidden />
      <strong>{t(`bonus.plan.problem.${severity}`)}</strong>
    </>
  );
}
