/** Problems of a plan where they are: a shape and a word for how grave, then the sentence. */
import { CircleAlert, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { PlanProblem } from "../../../backend/generated";
import { MessageText } from "../../../components/MessageText";

export function Problems({ problems }: { problems: readonly PlanProblem[] }) {
  const { t } = useTranslation();
  if (problems.length === 0) return null;
  return (
    <ul className="problems" role="status">
      {problems.map((problem, index) => {
        const grave = problem.severity === "error";
        const Mark = grave ? CircleAlert : TriangleAlert;
        return (
          // One problem may occur twice.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={`${problem.message.code}-${index}`} className={grave ? "problem problem-error" : "problem"}>
            <Mark size={14} aria-hidden />
            <strong>{t(grave ? "bonus.plan.problem.error" : "bonus.plan.problem.warning")}</strong>
            <span>
              <MessageText message={problem.message} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
