/** The three approvals of a review: teams, HR, pay; each a shape and words. */
import { BadgeCheck, Hourglass } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { BonusCycle } from "../../../backend/generated";
import { useAuthor } from "../../../components/history/ChangeHead";

export function Approvals({ cycle: { teams, steps } }: { cycle: BonusCycle }) {
  const { t } = useTranslation();
  const author = useAuthor();
  const since = steps.slice(steps.findLastIndex(({ kind }) => kind === "submit"));
  const hr = since.find(({ kind }) => kind === "approve_hr");
  const done = teams.filter(({ approved_by }) => approved_by !== null).length;
  const all: [string, boolean, string][] = [
    ...(teams.length > 0 ? [["teams", done === teams.length, t("bonus.cycle.teamsApproved", { done, all: teams.length })] satisfies [string, boolean, string]] : []),
    ["hr", hr !== undefined, hr ? t("bonus.cycle.hrApproved", { by: author(hr.by) }) : t("bonus.cycle.hrOpen")],
    ["pay", false, t("bonus.cycle.payOpen")],
  ];
  return (
    <ul className="approvals" data-testid="approvals">
      {all.map(([key, is, words]) => {
        const Shape = is ? BadgeCheck : Hourglass;
        return (
          <li key={key} className={is ? "approval-done" : "approval-open"} data-done={is}>
            <Shape size={14} aria-hidden /> {words}
          </li>
        );
      })}
    </ul>
  );
}
