/** What happened to the period, newest first. */
import { useTranslation } from "react-i18next";

import type { CycleStep } from "../../../backend/generated";
import { formatMoment } from "../../../components/format";
import { useAuthor } from "../../../components/history/ChangeHead";
import { useTerm } from "../../../i18n/say";

export function Timeline({ steps }: { steps: readonly CycleStep[] }) {
  const { t } = useTranslation();
  const term = useTerm();
  const author = useAuthor();
  if (steps.length === 0) return <p className="quiet cycle-none">{t("bonus.cycle.history.none")}</p>;
  return (
    <ol className="timeline" data-testid="timeline">
      {steps.toReversed().map(({ kind, by, at, name, on, reason }, index) => (
        // Steps have no ids, and two may be made in one moment.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={`${at}-${kind}-${index}`} data-kind={kind}>
          <span className="figure timeline-at">{formatMoment(at)}</span>
          <span className="timeline-by">{author(by)}</span>
          <span>
            <strong>{name === null ? term("bonus_step", kind) : t("bonus.cycle.history.about", { step: term("bonus_step", kind), name })}</strong>
            {on !== null && <span className="quiet"> {t("bonus.cycle.history.on", { on })}</span>}
            {reason !== null && <span className="timeline-reason">{t("bonus.cycle.history.reason", { reason })}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
